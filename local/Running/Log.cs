namespace MusicPipeline.Local.Running;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Error, "Sweep {SweepId} failed.")]
    public static partial void SweepFailed(ILogger logger, string sweepId, Exception exception);
}
