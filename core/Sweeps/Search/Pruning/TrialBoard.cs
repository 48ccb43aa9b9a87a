using System.Text.Json.Serialization;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// What pruners know of a sweep: where each trial stands, and its scores (the higher, the better) at the checks that it
/// has passed. A trial goes from waiting to running, then to and fro between running and preempted (back from a check, and
/// nobody has decided yet), and ends as completed, pruned or without a result; a pruned one may run again. Nothing but the
/// calls, in their order, decides what a board says.
/// </summary>
public sealed class TrialBoard
{
    private readonly List<TrialState> _states = [];
    private readonly List<List<float>> _scores = [];
    private readonly List<Rung> _rungs = [];
    private readonly int[] _counts = new int[Enum.GetValues<TrialState>().Length];

    /// <summary>A board of waiting trials.</summary>
    public TrialBoard(int trials)
    {
        for (var i = 0; i < trials; i++)
        {
            _states.Add(TrialState.Waiting);
            _scores.Add([]);
        }

        _counts[(int)TrialState.Waiting] = trials;
    }

    /// <summary>A board as it was handed on.</summary>
    /// <exception cref="ArgumentException">The state is none that a board was in.</exception>
    public TrialBoard(TrialBoardState state)
        : this(state.States.Length)
    {
        if (state.States.AsSpan().ContainsAnyExcept(TrialStates.Letters))
            throw new ArgumentException("A letter stands for no state.", nameof(state));
        if (state.Scores.Count > Count) throw new ArgumentException("There are scores of more trials than states.", nameof(state));
        for (var trial = 0; trial < Count; trial++)
        {
            foreach (var score in trial < state.Scores.Count ? state.Scores[trial] : []) AddScore(trial, score);
            Set(trial, TrialStates.StateOf(state.States[trial]));
        }
    }

    /// <summary>Number of trials.</summary>
    public int Count => _states.Count;

    /// <summary>Where a trial stands.</summary>
    public TrialState this[int trial] => _states[trial];

    /// <summary>Number of checks that any trial has passed.</summary>
    internal int Rungs => _rungs.Count;

    /// <summary>How many trials are in a state.</summary>
    public int CountOf(TrialState state) => _counts[(int)state];

    /// <summary>A trial's scores at the checks that it has passed.</summary>
    public IReadOnlyList<float> Scores(int trial) => _scores[trial];

    /// <summary>A trial starts, goes on, or is promoted.</summary>
    /// <exception cref="InvalidOperationException">It runs already, or has ended.</exception>
    public void Start(int trial)
    {
        if (_states[trial] is TrialState.Running || _states[trial].HasResult() || _states[trial].HasFailed())
            throw new InvalidOperationException($"Trial {trial} is {_states[trial]} and cannot start.");
        Set(trial, TrialState.Running);
    }

    /// <summary>A trial comes back, or turns out to be on record.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="state">Preempted at a check, pruned by its own curve, or what it ended as.</param>
    /// <param name="scores">Its scores at the checks that it has passed since it came back last, in their order.</param>
    /// <exception cref="ArgumentException">A trial cannot come back like this, or a score is NaN.</exception>
    public void Return(int trial, TrialState state, IReadOnlyList<double> scores)
    {
        if (state.IsActive())
            throw new ArgumentException($"A trial does not come back as {state}.", nameof(state));
        if (scores.Any(double.IsNaN)) throw new ArgumentException("A score is NaN.", nameof(scores));
        foreach (var score in scores) AddScore(trial, (float)score);
        Set(trial, state);
    }

    /// <summary>Gives up a preempted trial.</summary>
    public void Prune(int trial) => Set(trial, TrialState.Pruned);

    /// <summary>A copy to hand on.</summary>
    public TrialBoardState ToState()
    {
        var last = _scores.FindLastIndex(scores => scores.Count > 0);
        return new TrialBoardState(
            string.Concat(_states.Select(state => TrialStates.LetterOf(state))),
            [.. _scores.Take(last + 1).Select(scores => scores.ToArray())]);
    }

    /// <summary>The first of the preempted trials, or null.</summary>
    internal int? FirstPreempted() =>
        CountOf(TrialState.Preempted) > 0 ? _states.IndexOf(TrialState.Preempted) : null;

    /// <summary>The trials that have passed a check, the best first.</summary>
    internal Rung RungOf(int check) => _rungs[check];

    private void AddScore(int trial, float score)
    {
        var check = _scores[trial].Count;
        if (check == _rungs.Count) _rungs.Add(new Rung());
        _rungs[check].Add(score, trial);
        _scores[trial].Add(score);
    }

    private void Set(int trial, TrialState state)
    {
        _counts[(int)_states[trial]]--;
        _counts[(int)state]++;
        _states[trial] = state;
    }
}

/// <summary>
/// A <see cref="TrialBoard"/> as it is handed on, such as from one orchestration to the next. In JSON some ten characters
/// a check, and one a trial.
/// </summary>
/// <param name="States">One letter a trial; see <see cref="TrialStates"/>.</param>
/// <param name="Scores">Scores of each trial at the checks that it has passed; trailing trials without any are left out.</param>
[JsonConverter(typeof(TrialBoardStateJsonConverter))]
public sealed record TrialBoardState(string States, IReadOnlyList<float[]> Scores);
