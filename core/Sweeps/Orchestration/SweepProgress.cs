using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>Counts what an orchestration has done so far.</summary>
internal sealed class SweepProgress(PlannedSweep plan, DateTimeOffset startedAt)
{
    private readonly char[] _letters = [.. Enumerable.Repeat(TrialLetters.Of(TrialState.Waiting), plan.Costs.Count)];
    private readonly List<int> _reused = [];
    private readonly List<TrialOutcome> _failures = [];
    private int _bestIndex = -1;
    private double _bestAccuracy = double.NegativeInfinity;
    private double _trainedCost;

    public IReadOnlyList<int> Reused => _reused;

    public IReadOnlyList<TrialOutcome> Failures => _failures;

    public void Start(IEnumerable<int> indices)
    {
        foreach (var index in indices) _letters[index] = TrialLetters.Of(TrialState.Running);
    }

    public void Finish(TrialOutcome outcome)
    {
        _letters[outcome.Index] = TrialLetters.Of(outcome.State);
        if (outcome.Reused) _reused.Add(outcome.Index);
        else _trainedCost += plan.Costs[outcome.Index];
        if (outcome.State is TrialState.Failed or TrialState.Cancelled) _failures.Add(outcome);
        if (outcome.State == TrialState.Completed && outcome.ValidationAccuracy is { } accuracy && accuracy > _bestAccuracy)
            (_bestIndex, _bestAccuracy) = (outcome.Index, accuracy);
    }

    public SweepStatus At(DateTimeOffset now) => new(
        new string(_letters),
        _reused.Count,
        _bestIndex,
        _bestIndex < 0 ? 0 : _bestAccuracy,
        startedAt,
        EstimatedEnd(now));

    private DateTimeOffset? EstimatedEnd(DateTimeOffset now)
    {
        if (_trainedCost <= 0) return null;
        var waiting = TrialLetters.Of(TrialState.Waiting);
        var running = TrialLetters.Of(TrialState.Running);
        var left = 0.0;
        for (var index = 0; index < _letters.Length; index++)
        {
            if (_letters[index] == waiting || _letters[index] == running) left += plan.Costs[index];
        }

        return now + ((now - startedAt) * (left / _trainedCost));
    }
}
