namespace MusicPipeline.Training.Cuda;

/// <summary>What was asked for does not fit into the device's memory.</summary>
public sealed class DeviceMemoryException : Exception
{
    /// <summary>An exception without a message.</summary>
    public DeviceMemoryException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public DeviceMemoryException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and what it follows from.</summary>
    public DeviceMemoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
