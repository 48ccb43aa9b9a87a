using Microsoft.Extensions.Logging;

namespace MusicPipeline.Functions.Hosting;

internal static partial class Log
{
    [LoggerMessage(230, LogLevel.Warning, "The trace of {Name} could not be read or written.")]
    public static partial void TraceFailed(ILogger logger, string name, Exception exception);
}
