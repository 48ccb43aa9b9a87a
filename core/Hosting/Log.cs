using Microsoft.Extensions.Logging;

namespace MusicPipeline.Hosting;

internal static partial class Log
{
    [LoggerMessage(30, LogLevel.Information, "Training on the processor: {Complaint}.")]
    public static partial void NoGpu(ILogger logger, string complaint);

    [LoggerMessage(31, LogLevel.Warning, "The GPU has failed and is opened anew.")]
    public static partial void GpuFailed(ILogger logger);

    [LoggerMessage(32, LogLevel.Warning, "The GPU that failed could not be closed.")]
    public static partial void GpuNotClosed(ILogger logger, Exception exception);
}
