namespace MusicPipeline.Audio.Samples;

/// <summary>What decoders throw at bytes that no encoder wrote.</summary>
internal static class DecoderFaults
{
    /// <summary>Whether an exception is one of damaged sound, and not one of the stream that it comes from.</summary>
    public static bool Is(Exception exception) => exception
        is InvalidDataException or InvalidOperationException or ArgumentException or ArithmeticException or IndexOutOfRangeException
        or NullReferenceException or InvalidCastException or KeyNotFoundException or ArrayTypeMismatchException or OutOfMemoryException
        or NotSupportedException;
}
