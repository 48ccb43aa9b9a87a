using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>Counts what an orchestration has done so far.</summary>
internal sealed class SweepProgress(PlannedSweep plan, DateTimeOffset startedAt)
{
    // What the orchestration hands on has to stay below 1 MB, also where each of 10,000 trials fails at length.
    private const int MaxReasons = 200;
    private const int MaxReasonLength = 300;

    private static readonly TimeSpan Forever = TimeSpan.FromDays(3650);

    private readonly char[] _letters = [.. Enumerable.Repeat(TrialLetters.Of(TrialState.Waiting), plan.Costs.Count)];
    private readonly List<int> _reused = [];
    private readonly List<TrialOutcome> _failures = [];
    private int _bestIndex = -1;
    private double _bestAccuracy = double.NegativeInfinity;
    private double _trainedCost;

    public IReadOnlyList<int> Reused => _reused;

    public IReadOnlyList<TrialOutcome> Failures => _failures;

    /// <summary>Whether a trial was stopped because it saw that the sweep is cancelled.</summary>
    public bool HasCancelled { get; private set; }

    public void Start(IEnumerable<int> indices)
    {
        foreach (var index in indices) _letters[index] = TrialLetters.Of(TrialState.Running);
    }

    public void Finish(TrialOutcome outcome)
    {
        _letters[outcome.Index] = TrialLetters.Of(outcome.State);
        if (outcome.State is TrialState.Failed or TrialState.Cancelled)
        {
            _failures.Add(outcome with { Reason = Shorten(outcome.Reason) });
            HasCancelled |= outcome.State == TrialState.Cancelled;
            return;
        }

        if (outcome.Reused) _reused.Add(outcome.Index);
        else _trainedCost += plan.Costs[outcome.Index];
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

        var remaining = (now - startedAt).TotalSeconds * (left / _trainedCost);
        return remaining >= 0 && remaining < Forever.TotalSeconds ? now.AddSeconds(remaining) : null;
    }

    private string? Shorten(string? reason) =>
        reason is null || _failures.Count >= MaxReasons ? null
        : reason.Length > MaxReasonLength ? reason[..MaxReasonLength] + "..."
        : reason;
}
