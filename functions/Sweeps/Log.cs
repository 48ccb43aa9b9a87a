using Microsoft.Extensions.Logging;

namespace MusicPipeline.Functions.Sweeps;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information, "Sweep {SweepId} was started by another request at the same time.")]
    public static partial void StartedElsewhere(ILogger logger, string sweepId);

    [LoggerMessage(201, LogLevel.Warning, "What sweep {SweepId} was asked for could not be raised as an event; it is on record.")]
    public static partial void ControlNotRaised(ILogger logger, string sweepId, Exception exception);

    [LoggerMessage(
        202,
        LogLevel.Warning,
        "Durable's history of sweep {SweepId}, which was deleted, could not be purged; it goes when it is old enough.")]
    public static partial void HistoryNotPurged(ILogger logger, string sweepId, Exception exception);

    [LoggerMessage(203, LogLevel.Information, "Durable's history of {Instances} orchestrations from before {Before:u} was purged.")]
    public static partial void HistoryPurged(ILogger logger, int instances, DateTimeOffset before);

    [LoggerMessage(204, LogLevel.Warning, "Durable's old history could not be purged; trying again with a later sweep.")]
    public static partial void OldHistoryNotPurged(ILogger logger, Exception exception);
}
