using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Counts trials as they end, for a sweep that runs in another process, whose status is not known here.</summary>
internal sealed class TrialTally
{
    // A pruned trial may be promoted, and ends again.
    private readonly Dictionary<string, TrialView> _ended = new(StringComparer.Ordinal);

    /// <summary>The trials that have ended.</summary>
    public IReadOnlyCollection<TrialView> Ended => _ended.Values;

    public void Add(TrialView view) => _ended[view.Id] = view;

    /// <summary>All trials by state; what was reused is not known.</summary>
    public SweepCounts Counts(int trials, int running) => SweepCounts.Of([.. _ended.Values.Select(view => view.State)]) with
    {
        Total = trials,
        Waiting = trials - running - _ended.Count,
        Running = running,
    };
}
