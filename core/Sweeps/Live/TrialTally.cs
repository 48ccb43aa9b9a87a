using MusicPipeline.Sweeps.Trials;

namespace MusicPipeline.Sweeps.Live;

/// <summary>Counts trials as they end, for a sweep that runs in another process, whose status is not known here.</summary>
internal sealed class TrialTally
{
    private readonly Dictionary<TrialState, int> _ended = [];

    /// <summary>The best that completed.</summary>
    public BestTrial? Best { get; private set; }

    public void Add(TrialView view)
    {
        _ended[view.State] = _ended.GetValueOrDefault(view.State) + 1;
        if (view is not { State: TrialState.Completed, Metrics: { } metrics }) return;
        if (Best is null || metrics.ValidationAccuracy > Best.ValidationAccuracy)
            Best = new BestTrial(view.Id, view.Parameters, metrics.ValidationAccuracy);
    }

    /// <summary>All trials by state; what was reused is not known.</summary>
    public SweepCounts Counts(int trials, int running)
    {
        int Of(TrialState state) => _ended.GetValueOrDefault(state);
        return new SweepCounts(
            trials,
            trials - running - _ended.Values.Sum(),
            running,
            Of(TrialState.Completed),
            Of(TrialState.Diverged),
            Of(TrialState.Failed),
            Of(TrialState.Cancelled),
            Reused: 0)
        {
            Pruned = Of(TrialState.Pruned),
        };
    }
}
