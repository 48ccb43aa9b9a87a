using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>Decides by the results of a sweep which trials start and how far they go, and when no more do.</summary>
/// <param name="context">The host.</param>
/// <param name="part">The sweep, and where it stands.</param>
/// <param name="search">By what it decides.</param>
/// <param name="trials">Every trial of the sweep that is in the plan, in the order in which to start them.</param>
/// <param name="progress">What has been done so far.</param>
/// <param name="retry">How to retry what failed for a passing reason.</param>
/// <param name="halting">What the sweep is asked for.</param>
internal sealed class RunningSearch(
    ISweepContext context, SweepPart part, SearchPlan search, PlannedPart trials, SweepProgress progress, RetryRule retry, Halting halting)
{
    private readonly Pruner _pruner = search.Pruner;
    private readonly TrialBoard _board = part.Tally.Search is { } state ? new TrialBoard(state.Board) : new TrialBoard(part.Sweep.Trials);
    private readonly Suggestions? _suggestions = search.Learning is { } learning ? new Suggestions(part, learning, context, retry) : null;
    private readonly List<int> _order = [.. trials.Order];
    private readonly Dictionary<int, int> _epochsOf = trials.Order.Zip(trials.Epochs ?? []).ToDictionary();
    private int _started = part.Tally.Search?.Started ?? 0;
    private long _epochs = part.Tally.Search?.Epochs ?? 0;
    private StopCause? _cause = part.Tally.Search?.Cause;

    /// <summary>Trials whose points are still to be chosen.</summary>
    public int Unplanned => _suggestions is null ? 0 : part.Sweep.Trials - _suggestions.Planned;

    /// <summary>The next trials to train side by side, with how far; null for none now.</summary>
    public async Task<TrialPack?> NextPackAsync()
    {
        var indices = new List<int>();
        var stops = new List<TrialStop>();
        while (indices.Count < search.PackSize && await NextAsync() is { } trial)
        {
            _board.Start(trial);
            indices.Add(trial);
            stops.Add(new TrialStop(SearchScheduler.NextStop(_board, _pruner, trial, _epochsOf[trial]), _board.Scores(trial).Count));
        }

        return indices.Count == 0 ? null : part.PackOf(indices) with { Pruner = search.Pruner, Stops = stops };
    }

    /// <summary>Takes in how trials of a pack came back.</summary>
    public void Return(IEnumerable<TrialOutcome> outcomes)
    {
        foreach (var outcome in outcomes) Return(outcome);
        if (search.Stop is { } stop) _cause ??= stop.CauseOf(Progress());
    }

    /// <summary>Where it stands when nothing runs any more.</summary>
    /// <param name="isThrough">Whether there was nothing more to start; else the next part goes on.</param>
    public SearchState End(bool isThrough)
    {
        if (isThrough && halting.Kind == HaltKind.None)
        {
            // What was never chosen is no trial.
            if (_suggestions is not null) progress.Trim(_suggestions.Planned);
            if (_cause is { } cause) progress.CancelWaiting(ReasonOf(cause));
        }

        return new SearchState(_board.ToState(), _started, _epochs, _cause, isThrough || halting.Kind != HaltKind.None)
        {
            Learning = _suggestions?.ToState()
        };
    }

    private async Task<int?> NextAsync()
    {
        if (_cause is { } cause) return Last(cause);
        while (true)
        {
            var isPlanned = _started < _order.Count;
            var move = SearchScheduler.Next(_board, _pruner, more: isPlanned || _suggestions?.MayAsk(_board) == true);
            if (move.Kind == SearchMoveKind.Resume) return move.Trial;
            if (move.Kind != SearchMoveKind.Start) return null;
            if (isPlanned) return _order[_started++];
            Add(await _suggestions!.AskAsync(progress.Letters));
        }
    }

    private void Add(PlannedPart more)
    {
        _order.AddRange(more.Order);
        foreach (var (index, epochs) in more.Order.Zip(more.Epochs ?? [])) _epochsOf.Add(index, epochs);
        progress.Add(more);
        progress.Unplanned = Unplanned;
        halting.Learn(more.Halt);
    }

    /// <summary>A sweep that is to end before any trial has is still to have a winner: the best so far is trained to its end.</summary>
    private int? Last(StopCause cause) =>
        cause != StopCause.Failures && _board.CountOf(TrialState.Running) == 0 && _board.CountOf(TrialState.Completed) == 0
            ? SearchScheduler.BestPreempted(_board)
            : null;

    private void Return(TrialOutcome outcome)
    {
        _epochs += outcome.Epochs;
        _suggestions?.Learn(outcome);
        _board.Return(outcome.Index, outcome.IsPaused ? TrialState.Preempted : outcome.State, outcome.Scores ?? []);
        if (outcome.IsPaused && _pruner.IsPruned(_board, outcome.Index)) _board.Prune(outcome.Index);
    }

    private StopProgress Progress()
    {
        var ended = progress.CountOf(TrialState.Completed) + progress.CountOf(TrialState.Diverged)
            + _board.CountOf(TrialState.Pruned)
            + (_pruner.EndsByPausing ? _board.CountOf(TrialState.Preempted) : 0);
        return new StopProgress(
            progress.BestScore, ended, _epochs, context.Now - part.Tally.StartedAt, progress.CountOf(TrialState.Failed))
        {
            Objective = part.Sweep.Objective,
        };
    }

    private static string ReasonOf(StopCause cause) => cause switch
    {
        StopCause.Accuracy => "the sweep had reached the accuracy that was asked for before it ran",
        StopCause.Objective => "the sweep had reached the figure that was asked for before it ran",
        StopCause.Trials => "the sweep had as many trials as were asked for before it ran",
        StopCause.Epochs => "the sweep had spent its epochs before it ran",
        StopCause.Time => "the sweep had spent its time before it ran",
        _ => "the sweep had too many failures before it ran",
    };
}
