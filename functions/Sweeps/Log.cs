using Microsoft.Extensions.Logging;

namespace MusicPipeline.Functions.Sweeps;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information, "Sweep {SweepId} was started by another request at the same time.")]
    public static partial void StartedElsewhere(ILogger logger, string sweepId);

    [LoggerMessage(201, LogLevel.Warning, "The cancel of sweep {SweepId} could not be raised as an event; its flag is set.")]
    public static partial void CancelNotRaised(ILogger logger, string sweepId, Exception exception);
}
