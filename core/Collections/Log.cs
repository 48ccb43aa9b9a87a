using Microsoft.Extensions.Logging;

namespace MusicPipeline.Collections;

internal static partial class Log
{
    [LoggerMessage(60, LogLevel.Warning, "{Recording} is left out: {Reason}")]
    public static partial void LeftOut(ILogger logger, string recording, string reason);

    [LoggerMessage(61, LogLevel.Information, "{Collection} is collected: version {Version} of {Notes} notes.")]
    public static partial void Collected(ILogger logger, string collection, string version, int notes);

    [LoggerMessage(63, LogLevel.Error, "{Recording} could not be read for an unexpected reason, and is left out.")]
    public static partial void Unexpected(ILogger logger, string recording, Exception exception);

    [LoggerMessage(62, LogLevel.Warning, "{Collection} was not collected: {Reason}")]
    public static partial void NotCollected(ILogger logger, string collection, string reason);
}
