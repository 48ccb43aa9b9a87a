using Microsoft.Extensions.Logging;

namespace MusicPipeline.Hosting;

internal static partial class Log
{
    [LoggerMessage(30, LogLevel.Information, "Training on the processor: {Complaint}.")]
    public static partial void NoGpu(ILogger logger, string complaint);
}
