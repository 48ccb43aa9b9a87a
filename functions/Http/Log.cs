using Microsoft.Extensions.Logging;

namespace MusicPipeline.Functions.Http;

internal static partial class Log
{
    [LoggerMessage(220, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);
}
