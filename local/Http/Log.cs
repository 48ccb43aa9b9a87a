namespace MusicPipeline.Local.Http;

internal static partial class Log
{
    [LoggerMessage(120, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);
}
