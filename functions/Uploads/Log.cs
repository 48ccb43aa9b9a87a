using Microsoft.Extensions.Logging;

namespace MusicPipeline.Functions.Uploads;

internal static partial class Log
{
    [LoggerMessage(210, LogLevel.Information, "{Message}")]
    public static partial void UploadHandled(ILogger logger, string message);

    [LoggerMessage(211, LogLevel.Warning, "Rejected: {Message}")]
    public static partial void UploadRejected(ILogger logger, string message);

    [LoggerMessage(212, LogLevel.Warning, "A message on the poison queue names no upload: {Content}")]
    public static partial void PoisonUnknown(ILogger logger, string content);
}
