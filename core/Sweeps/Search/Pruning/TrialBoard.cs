namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// What pruners know of a sweep: where each trial stands, and its scores (the higher, the better) at the checks that it
/// has passed. A trial goes from waiting to running, then to and fro between running and paused, and ends as completed,
/// pruned or failed; a pruned one may run again. Nothing but the calls, in their order, decides what a board says.
/// </summary>
public sealed class TrialBoard
{
    private const string Letters = "wrpxcf";

    private readonly List<TrialStage> _stages = [];
    private readonly List<List<float>> _scores = [];
    private readonly List<Rung> _rungs = [];
    private readonly int[] _counts = new int[Letters.Length];

    /// <summary>A board of waiting trials.</summary>
    public TrialBoard(int trials)
    {
        for (var i = 0; i < trials; i++)
        {
            _stages.Add(TrialStage.Waiting);
            _scores.Add([]);
        }

        _counts[(int)TrialStage.Waiting] = trials;
    }

    /// <summary>A board as it was handed on.</summary>
    /// <exception cref="ArgumentException">The state is none that a board was in.</exception>
    public TrialBoard(TrialBoardState state)
        : this(state.Stages.Length)
    {
        if (state.Scores.Count > Count) throw new ArgumentException("There are scores of more trials than stages.", nameof(state));
        for (var trial = 0; trial < Count; trial++)
        {
            var stage = Letters.IndexOf(state.Stages[trial]);
            if (stage < 0) throw new ArgumentException($"No stage has the letter '{state.Stages[trial]}'.", nameof(state));
            foreach (var score in trial < state.Scores.Count ? state.Scores[trial] : []) AddScore(trial, score);
            Set(trial, (TrialStage)stage);
        }
    }

    /// <summary>Number of trials.</summary>
    public int Count => _stages.Count;

    /// <summary>Where a trial stands.</summary>
    public TrialStage this[int trial] => _stages[trial];

    /// <summary>Number of checks that any trial has passed.</summary>
    internal int Rungs => _rungs.Count;

    /// <summary>How many trials are in a stage.</summary>
    public int CountOf(TrialStage stage) => _counts[(int)stage];

    /// <summary>A trial's scores at the checks that it has passed.</summary>
    public IReadOnlyList<float> Scores(int trial) => _scores[trial];

    /// <summary>A trial starts, goes on, or is promoted.</summary>
    /// <exception cref="InvalidOperationException">It runs already, or has ended.</exception>
    public void Start(int trial)
    {
        if (_stages[trial] is TrialStage.Running or TrialStage.Completed or TrialStage.Failed)
            throw new InvalidOperationException($"Trial {trial} is {_stages[trial]} and cannot start.");
        Set(trial, TrialStage.Running);
    }

    /// <summary>A trial comes back, or turns out to be on record.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="stage">Paused at a check, pruned by its own curve, completed or failed.</param>
    /// <param name="scores">Its scores at the checks that it has passed since it came back last, in their order.</param>
    /// <exception cref="ArgumentException">A trial cannot come back like this, or a score is NaN.</exception>
    public void Return(int trial, TrialStage stage, IReadOnlyList<double> scores)
    {
        if (stage is TrialStage.Waiting or TrialStage.Running)
            throw new ArgumentException($"A trial does not come back as {stage}.", nameof(stage));
        if (scores.Any(double.IsNaN)) throw new ArgumentException("A score is NaN.", nameof(scores));
        foreach (var score in scores) AddScore(trial, (float)score);
        Set(trial, stage);
    }

    /// <summary>Gives up a paused trial.</summary>
    public void Prune(int trial) => Set(trial, TrialStage.Pruned);

    /// <summary>A copy to hand on.</summary>
    public TrialBoardState ToState()
    {
        var last = _scores.FindLastIndex(scores => scores.Count > 0);
        return new TrialBoardState(
            string.Concat(_stages.Select(stage => Letters[(int)stage])),
            [.. _scores.Take(last + 1).Select(scores => scores.ToArray())]);
    }

    /// <summary>The first of the paused trials, or null.</summary>
    internal int? FirstPaused() =>
        CountOf(TrialStage.Paused) > 0 ? _stages.IndexOf(TrialStage.Paused) : null;

    /// <summary>The trials that have passed a check, the best first.</summary>
    internal Rung RungOf(int check) => _rungs[check];

    private void AddScore(int trial, float score)
    {
        var check = _scores[trial].Count;
        if (check == _rungs.Count) _rungs.Add(new Rung());
        _rungs[check].Add(score, trial);
        _scores[trial].Add(score);
    }

    private void Set(int trial, TrialStage stage)
    {
        _counts[(int)_stages[trial]]--;
        _counts[(int)stage]++;
        _stages[trial] = stage;
    }
}
