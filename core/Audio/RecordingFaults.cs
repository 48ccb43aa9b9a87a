namespace MusicPipeline.Audio;

/// <summary>Faults that are a recording's own, such as decoders have of bytes that no encoder wrote.</summary>
public static class RecordingFaults
{
    /// <summary>Whether an exception comes of what a recording holds, and not of the stream or the store that it is read from.</summary>
    public static bool Is(Exception exception) => exception
        is InvalidDataException or InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException
        or NullReferenceException or InvalidCastException or KeyNotFoundException or ArrayTypeMismatchException or OutOfMemoryException
        or NotSupportedException;
}
