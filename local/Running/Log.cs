namespace MusicPipeline.Local.Running;

internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Error, "Sweep {SweepId} failed.")]
    public static partial void SweepFailed(ILogger logger, string sweepId, Exception exception);

    [LoggerMessage(101, LogLevel.Warning, "Whether sweep {SweepId} was halted could not be read, trying again: {Trouble}")]
    public static partial void ControlUnknown(ILogger logger, string sweepId, string trouble);

    [LoggerMessage(102, LogLevel.Warning, "That sweep {SweepId} was left could not be put on record.")]
    public static partial void SweepLeft(ILogger logger, string sweepId, Exception exception);

    [LoggerMessage(103, LogLevel.Error, "Collecting {Collection} broke off; collect it again.")]
    public static partial void CollectFailed(ILogger logger, string collection, Exception exception);
}
