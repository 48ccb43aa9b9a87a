using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>Makes one observation of the trials of a point, which differ in their seed alone.</summary>
public static class RepeatedObservations
{
    /// <summary>
    /// One observation a point, in the order in which points first occur, with the mean score. A point
    /// is pending while one of its trials is, diverged where one diverged, and pruned where one was pruned.
    /// </summary>
    /// <param name="trials">The trials.</param>
    /// <param name="seed">The seed that points have; null where points differ in it.</param>
    public static IReadOnlyList<Observation> Average(IEnumerable<Observation> trials, int? seed) =>
    [
        .. trials.GroupBy(trial => trial.Parameters with { Seed = seed ?? trial.Parameters.Seed }).Select(point =>
        {
            Observation[] all = [.. point];
            var state = all.MaxBy(trial => trial.Order)!.State;
            double? score = state.HasScore() ? all.Average(trial => trial.Score) : null;
            return new Observation(point.Key, state, score, all.Min(trial => trial.Epochs));
        }),
    ];
}
