using Microsoft.Extensions.Logging;

namespace MusicPipeline.Http;

internal static partial class Log
{
    [LoggerMessage(70, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(71, LogLevel.Warning, "{Method} {Path} was answered with 503, since storage does not answer: {Reason}")]
    public static partial void StorageAway(ILogger logger, string method, string path, string reason);
}
