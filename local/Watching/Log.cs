namespace MusicPipeline.Local.Watching;

internal static partial class Log
{
    [LoggerMessage(110, LogLevel.Warning, "{Upload} could not be processed (try {Attempt}).")]
    public static partial void UploadFailed(ILogger logger, string upload, int attempt, Exception exception);

    [LoggerMessage(111, LogLevel.Warning, "The upload containers could not be read; trying again.")]
    public static partial void PassFailed(ILogger logger, Exception exception);

    [LoggerMessage(112, LogLevel.Information, "{Message}")]
    public static partial void UploadHandled(ILogger logger, string message);

    [LoggerMessage(113, LogLevel.Warning, "Rejected: {Message}")]
    public static partial void UploadRejected(ILogger logger, string message);

    [LoggerMessage(114, LogLevel.Error, "Uploads wait: {Trouble}")]
    public static partial void StorageInTrouble(ILogger logger, string trouble);

    [LoggerMessage(115, LogLevel.Information, "The storage account answers again.")]
    public static partial void StorageIsBack(ILogger logger);
}
