using MusicPipeline.Reports.Results;

namespace MusicPipeline.Reports.Findings;

/// <summary>Says where a trial diverged.</summary>
internal static class Divergence
{
    /// <summary>A clause without a full stop.</summary>
    public static string Words(FinishedTrial trial) => Epoch(trial) == 1
        ? "its loss became infinite or NaN in the first epoch"
        : $"its loss became infinite or NaN in epoch {Epoch(trial)}";

    /// <summary>The epoch in which the loss stopped being finite, 1-based.</summary>
    public static int Epoch(FinishedTrial trial)
    {
        var finite = trial.History.Loss.TakeWhile(double.IsFinite).Count();
        return finite + 1;
    }
}
