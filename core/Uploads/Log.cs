using Microsoft.Extensions.Logging;

namespace MusicPipeline.Uploads;

internal static partial class Log
{
    [LoggerMessage(50, LogLevel.Information, "{Name} converted.")]
    public static partial void Converted(ILogger logger, string name);

    [LoggerMessage(51, LogLevel.Information, "{Dataset} is at version {Version}: {TrainRows} training and {TestRows} test rows.")]
    public static partial void Ingested(ILogger logger, string dataset, string version, int trainRows, int testRows);

    [LoggerMessage(52, LogLevel.Warning, "{Upload} rejected: {Reason}")]
    public static partial void Rejected(ILogger logger, string upload, string reason);

    [LoggerMessage(53, LogLevel.Warning, "{Name} is not labelled by '{Model}': {Reason}")]
    public static partial void NotLabelled(ILogger logger, string name, string model, string reason);
}
