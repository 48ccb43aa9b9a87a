namespace MusicPipeline.Training;

/// <summary>
/// A device broke off and takes no more work; trained again, on another or the same one opened anew, a trial may well end.
/// </summary>
public sealed class DeviceFailedException : Exception
{
    /// <summary>An exception without a message.</summary>
    public DeviceFailedException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public DeviceFailedException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and what it follows from.</summary>
    public DeviceFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
