namespace MusicPipeline.Local.Http;

internal static partial class Log
{
    [LoggerMessage(120, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(121, LogLevel.Warning, "{Method} {Path} was answered with 503, since storage does not answer: {Reason}")]
    public static partial void StorageAway(ILogger logger, string method, string path, string reason);
}
