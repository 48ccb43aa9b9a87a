using Microsoft.Extensions.Logging;

namespace MusicPipeline.Functions.Sweeps;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information, "Sweep {SweepId} was started by another request at the same time.")]
    public static partial void StartedElsewhere(ILogger logger, string sweepId);

    [LoggerMessage(201, LogLevel.Warning, "What sweep {SweepId} was asked for could not be raised as an event; it is on record.")]
    public static partial void ControlNotRaised(ILogger logger, string sweepId, Exception exception);
}
