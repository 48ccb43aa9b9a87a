using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>The trial that would win a sweep if it ended now, by the rule that decides at its end.</summary>
internal static class BestSoFar
{
    private const int ParallelReads = 32;

    /// <summary>Whether points have several trials, so that their means count, which no status of a running sweep holds.</summary>
    public static bool ComparesMeans(SweepPlan plan) =>
        plan.Trials.Select(trial => PointRank.KeyOf(trial.Parameters)).Distinct().Count() < plan.Trials.Count;

    /// <summary>Positions of the trials that a letter each says have a result which counts: they completed or diverged.</summary>
    public static IEnumerable<int> Counted(string letters) => TrialStates.Where(letters, TrialStates.HasResult);

    /// <summary>The best of some trials of a plan; null where none of them completed.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ended">Positions of trials that completed or diverged, in any order.</param>
    /// <param name="find">Reads a trial's record; null where there is none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<BestTrial?> OfAsync(
        SweepPlan plan,
        IEnumerable<int> ended,
        Func<string, CancellationToken, Task<TrialRecord?>> find,
        CancellationToken cancellationToken)
    {
        var records = new List<TrialRecord?>();
        // In the order of the plan, which decides between equals.
        foreach (var chunk in ended.Order().Where(index => index < plan.Trials.Count).Chunk(ParallelReads))
            records.AddRange(await Task.WhenAll(chunk.Select(index => find(plan.Trials[index].Id, cancellationToken))));
        return PointRank.BestOf(records.OfType<TrialRecord>(), plan.Objective) is { } best ? BestTrial.Of(best, plan.Objective) : null;
    }
}

/// <summary>The best trial so far of a plan whose points have several trials, kept until another trial has ended.</summary>
/// <param name="areCompared">See <see cref="BestSoFar.ComparesMeans"/>.</param>
internal sealed class MeansOfPlan(bool areCompared)
{
    private volatile Known? _last;

    /// <summary>Whether means are compared at all.</summary>
    public bool AreCompared => areCompared;

    /// <summary>The best trial of those that a status says have ended; null for none.</summary>
    public async Task<BestTrial?> FindAsync(
        SweepPlan plan, SweepStatus status, Func<string, CancellationToken, Task<TrialRecord?>> find, CancellationToken cancellationToken)
    {
        int[] ended = [.. BestSoFar.Counted(status.Trials)];
        if (_last is { } last && last.Ended.AsSpan().SequenceEqual(ended)) return last.Best;
        var best = await BestSoFar.OfAsync(plan, ended, find, cancellationToken);
        _last = new Known(ended, best);
        return best;
    }

    private sealed record Known(int[] Ended, BestTrial? Best);
}
