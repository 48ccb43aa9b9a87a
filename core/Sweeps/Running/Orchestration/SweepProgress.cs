using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>Counts what an orchestration has done so far, on top of what others had done before it.</summary>
/// <param name="tally">Where the sweep stands.</param>
/// <param name="part">The trials that this orchestration runs.</param>
internal sealed class SweepProgress(SweepTally tally, PlannedPart part)
{
    // What is handed on has to fit into a queue message, also where each of 10,000 trials fails at length and every
    // letter is escaped.
    private const int MaxReasonLength = 250;
    private const int MaxReasonsLength = 2200;

    private static readonly TimeSpan Forever = TimeSpan.FromDays(3650);

    // Counted as they change: with 10,000 trials nobody is to look through all of them whenever one ends.
    private readonly int[] _counts =
    [
        .. Enum.GetValues<TrialState>().Select(state => tally.Trials.Count(letter => TrialStates.StateOf(letter) == state))
    ];
    private char[] _letters = [.. tally.Trials];
    private int _reused = tally.Trials.Count(TrialStates.IsReused);
    private readonly Dictionary<int, double> _costs = part.Order.Zip(part.Costs)
        .Where(trial => TrialStates.StateOf(tally.Trials[trial.First]).IsWaiting())
        .ToDictionary();
    private readonly List<string> _reasons = [.. tally.Reasons];
    private readonly Dictionary<int, char> _reasonOf = tally.Failures()
        .Zip(tally.ReasonLetters).ToDictionary(pair => pair.First.Index, pair => pair.Second);

    private int _bestIndex = tally.BestIndex;
    private TrialRank _best = tally.BestRank;
    private double _bestAccuracy = tally.BestValidationAccuracy;
    private DateTimeOffset _trainingSince = tally.TrainingSince;
    private double _trainedCost = tally.TrainedCost;
    private double _leftCost = tally.LeftCost;

    /// <summary>Trials whose points are still to be chosen; taken to cost what the others do.</summary>
    public int Unplanned { get; set; }

    /// <summary>A letter for each trial.</summary>
    public string Letters => new(_letters);

    /// <summary>Best score of a completed trial, such as its last validation accuracy; negative infinity without any.</summary>
    public double BestScore => _best.Score;

    /// <summary>Number of trials in a state.</summary>
    public int CountOf(TrialState state) => _counts[(int)state];

    /// <summary>Takes in trials whose points have been chosen.</summary>
    public void Add(PlannedPart more)
    {
        foreach (var (index, cost) in more.Order.Zip(more.Costs))
        {
            _costs.Add(index, cost);
            _leftCost += cost;
        }
    }

    /// <summary>Leaves out the trials from a position on, which no point was chosen for.</summary>
    public void Trim(int trials)
    {
        for (var index = trials; index < _letters.Length; index++) Uncount(index);
        if (trials < _letters.Length) Array.Resize(ref _letters, trials);
        Unplanned = 0;
    }

    public void Start(IEnumerable<int> indices)
    {
        foreach (var index in indices) Set(index, TrialState.Running);
    }

    /// <summary>Marks trials that were broken off and will run again.</summary>
    public void Preempt(IEnumerable<int> indices)
    {
        foreach (var index in indices) Set(index, TrialState.Preempted);
    }

    public void Finish(TrialOutcome outcome, DateTimeOffset now)
    {
        if (outcome.State == TrialState.Preempted)
        {
            Preempt([outcome.Index]);
            return;
        }

        // A trial that goes on after a check is counted once.
        _costs.Remove(outcome.Index, out var cost);
        _leftCost = Math.Max(0, _leftCost - cost);
        if (outcome.State.HasFailed())
        {
            Fail(outcome.Index, outcome.State, outcome.Reason);
            return;
        }

        Set(outcome.Index, outcome.State, outcome.Reused);
        if (!outcome.Reused)
        {
            _trainedCost += cost;
        }
        else
        {
            // What was on record takes next to no time, which says nothing about the trials that are to be trained.
            if (_trainedCost <= 0) _trainingSince = now;
        }

        if (outcome.State != TrialState.Completed || outcome.ScoreBy(tally.Objective) is not { } score || double.IsNaN(score)) return;
        var rank = new TrialRank(score, outcome.ValidationLoss ?? 0, outcome.Parameters);
        if (rank.IsBetter(outcome.Index, _best, _bestIndex))
            (_bestIndex, _best, _bestAccuracy) = (outcome.Index, rank, outcome.ValidationAccuracy ?? 0);
    }

    /// <summary>Marks every trial that waits or was to run again as cancelled, also those of parts that never started.</summary>
    /// <param name="reason">Why; null for what the sweep was asked for.</param>
    public void CancelWaiting(string? reason = null)
    {
        for (var index = 0; index < _letters.Length; index++)
        {
            if (TrialStates.StateOf(_letters[index]).IsWaiting()) Fail(index, TrialState.Cancelled, reason);
        }

        _leftCost = 0;
    }

    /// <param name="now">The time.</param>
    /// <param name="runningPart">Number of the part that a child runs, if any.</param>
    public SweepStatus At(DateTimeOffset now, int? runningPart = null) => new(
        TrialStates.Plain(_letters),
        _reused,
        _bestIndex,
        _bestIndex < 0 ? 0 : _bestAccuracy,
        tally.StartedAt,
        EstimatedEnd(now),
        runningPart)
    {
        BestScore = OtherScore,
    };

    public SweepTally ToTally() => new(
        new string(_letters),
        _bestIndex,
        _bestIndex < 0 ? 0 : _bestAccuracy,
        tally.StartedAt,
        _trainingSince,
        _trainedCost,
        _leftCost,
        _reasons,
        string.Concat(_reasonOf.OrderBy(pair => pair.Key).Select(pair => pair.Value)))
    {
        Objective = tally.Objective,
        BestScore = OtherScore,
        BestValidationLoss = _best.Loss,
        BestParameters = _best.Parameters,
    };

    private double? OtherScore => _bestIndex < 0 || tally.Objective == Objective.Accuracy ? null : _best.Score;

    private DateTimeOffset? EstimatedEnd(DateTimeOffset now)
    {
        if (_trainedCost <= 0) return null;
        var unplanned = Unplanned > 0 ? Unplanned * (_trainedCost + _leftCost) / (_letters.Length - Unplanned) : 0;
        var remaining = (now - _trainingSince).TotalSeconds * ((_leftCost + unplanned) / _trainedCost);
        return remaining >= 0 && remaining < Forever.TotalSeconds ? now.AddSeconds(remaining) : null;
    }

    private void Set(int index, TrialState state, bool isReused = false)
    {
        Uncount(index);
        _counts[(int)state]++;
        if (isReused) _reused++;
        _letters[index] = TrialStates.LetterOf(state, isReused);
    }

    private void Uncount(int index)
    {
        _counts[(int)TrialStates.StateOf(_letters[index])]--;
        if (TrialStates.IsReused(_letters[index])) _reused--;
    }

    private void Fail(int index, TrialState state, string? reason)
    {
        Set(index, state);
        _reasonOf[index] = reason is null ? SweepTally.NoReason : LetterOf(reason);
    }

    private char LetterOf(string reason)
    {
        if (reason.Length > MaxReasonLength) reason = reason[..MaxReasonLength] + "...";
        var number = _reasons.IndexOf(reason);
        if (number < 0)
        {
            if (_reasons.Count == SweepTally.ReasonAlphabet.Length
                || _reasons.Sum(known => known.Length) + reason.Length > MaxReasonsLength)
            {
                return SweepTally.NoReason;
            }

            number = _reasons.Count;
            _reasons.Add(reason);
        }

        return SweepTally.ReasonAlphabet[number];
    }
}
