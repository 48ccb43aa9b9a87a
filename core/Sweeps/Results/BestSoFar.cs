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
    public static IEnumerable<int> Counted(string letters) => Enumerable.Range(0, letters.Length)
        .Where(index => TrialLetters.StateOf(letters[index]) is TrialState.Completed or TrialState.Diverged);

    /// <summary>The best of some trials of a plan; null where none of them completed.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ended">Positions of trials that completed or diverged, in any order.</param>
    /// <param name="find">Reads a trial's record; null where there is none.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<BestTrial?> OfAsync(
        SweepPlan plan, IEnumerable<int> ended, Func<string, CancellationToken, Task<TrialRecord?>> find, CancellationToken cancellationToken)
    {
        var records = new List<TrialRecord?>();
        // In the order of the plan, which decides between equals.
        foreach (var chunk in ended.Order().Where(index => index < plan.Trials.Count).Chunk(ParallelReads))
            records.AddRange(await Task.WhenAll(chunk.Select(index => find(plan.Trials[index].Id, cancellationToken))));
        return PointRank.BestOf(records.OfType<TrialRecord>()) is { } best ? BestTrial.Of(best) : null;
    }
}
