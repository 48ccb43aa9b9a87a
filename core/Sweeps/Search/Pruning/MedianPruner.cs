using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// The median rule (D. Golovin et al., Google Vizier, 2017) as Optuna has it: at a check a trial is given up where the
/// best of its scores so far is below the median of the scores that completed trials had at the same check.
/// </summary>
public sealed record MedianPruner() : ComparingPruner("median", "below the median of completed trials")
{
    /// <summary>Completed trials from which on anything is pruned.</summary>
    [Description("completed trials from which on anything is pruned"), Range(1, Most), DefaultValue(5)]
    public int? StartupTrials { get; init; }

    /// <summary>Epochs at the start in which no trial is checked.</summary>
    [Description("epochs at the start in which nothing is pruned"), Range(0, Most), DefaultValue(0)]
    public int? WarmupEpochs { get; init; }

    /// <summary>Epochs from a check to the next.</summary>
    [Description("epochs from a check to the next"), Range(1, Most), DefaultValue(5)]
    public int? Interval { get; init; }

    /// <inheritdoc/>
    public override bool IsPruned(TrialBoard board, int trial)
    {
        if (board.CountOf(TrialState.Completed) < (StartupTrials ?? 5)) return false;
        var own = board.Scores(trial);
        // The rung is sorted, so what is left of it is too.
        var rung = board.RungOf(own.Count - 1);
        var others = Enumerable.Range(0, rung.Count).Select(rank => rung[rank])
            .Where(other => board[other] == TrialState.Completed)
            .Select(other => board.Scores(other)[own.Count - 1])
            .ToArray();
        if (others.Length == 0) return false;
        var median = (others[(others.Length - 1) / 2] + (double)others[others.Length / 2]) / 2;
        return own.Max() < median;
    }

    internal override IEnumerable<long> AllChecks()
    {
        var interval = Interval ?? 5;
        for (long epoch = (WarmupEpochs ?? 0) + interval; ; epoch += interval) yield return epoch;
    }
}
