using Microsoft.Extensions.Logging;

namespace MusicPipeline.Sweeps.Running;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Sweep {SweepId} accepted: {Trials} trials on {Dataset} {Version}.")]
    public static partial void SweepAccepted(ILogger logger, string sweepId, int trials, string dataset, string version);

    [LoggerMessage(2, LogLevel.Information, "Trial {TrialId} {Outcome} after {Seconds:F2} s, validation accuracy {Accuracy:P2}.")]
    public static partial void TrialTrained(ILogger logger, string trialId, string outcome, double seconds, double accuracy);

    [LoggerMessage(3, LogLevel.Information, "Trial {TrialId} is on record already.")]
    public static partial void TrialReused(ILogger logger, string trialId);

    [LoggerMessage(4, LogLevel.Warning, "The progress of trial {TrialId} could not be written.")]
    public static partial void HeartbeatFailed(ILogger logger, string trialId, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "Sweep {SweepId} {State}.")]
    public static partial void SweepEnded(ILogger logger, string sweepId, string state);

    [LoggerMessage(6, LogLevel.Warning, "Trial {TrialId} failed: {Reason}")]
    public static partial void TrialFailed(ILogger logger, string trialId, string reason);

    [LoggerMessage(7, LogLevel.Information, "Trial {TrialId} goes on after epoch {Epoch} of {Epochs}.")]
    public static partial void TrialResumed(ILogger logger, string trialId, int epoch, int epochs);

    [LoggerMessage(8, LogLevel.Warning, "The checkpoint of trial {TrialId} is damaged or of another trainer; training starts over.")]
    public static partial void CheckpointIgnored(ILogger logger, string trialId);

    [LoggerMessage(9, LogLevel.Warning, "The checkpoint of trial {TrialId} could not be read, written or removed.")]
    public static partial void CheckpointFailed(ILogger logger, string trialId, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "Whether sweep {SweepId} was halted could not be read; trying again.")]
    public static partial void FlagUnknown(ILogger logger, string sweepId, Exception exception);

    [LoggerMessage(
        11, LogLevel.Information, "Baseline {BaselineId} ({Name}) trained in {Seconds} s, validation accuracy {ValidationAccuracy}.")]
    public static partial void BaselineTrained(ILogger logger, string baselineId, string name, double seconds, double validationAccuracy);

    [LoggerMessage(12, LogLevel.Information, "Baseline {BaselineId} ({Name}) was on record.")]
    public static partial void BaselineReused(ILogger logger, string baselineId, string name);
}
