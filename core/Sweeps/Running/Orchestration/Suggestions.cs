using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>
/// The points of a sweep that depend on its results: knows what has come in, and asks for more when those results are
/// there that the next point is chosen from.
/// </summary>
/// <param name="part">The sweep, and where it stands.</param>
/// <param name="plan">How points are chosen.</param>
/// <param name="context">The host.</param>
/// <param name="retry">How to retry what failed for a passing reason.</param>
internal sealed class Suggestions(SweepPart part, LearningPlan plan, ISweepContext context, RetryRule retry)
{
    // More digits would make the history longer and choose no better point.
    private const int Digits = 5;

    private readonly List<double> _scores = Known(part.Tally.Search?.Learning?.Accuracies, plan);
    private readonly List<int> _epochs = Known(part.Tally.Search?.Learning?.Epochs, plan);
    private bool _isExhausted = part.Tally.Search?.Learning?.IsExhausted ?? false;

    /// <summary>Trials in the plan.</summary>
    public int Planned => _scores.Count;

    /// <summary>Takes in how a trial came back.</summary>
    public void Learn(TrialOutcome outcome)
    {
        var objective = part.Sweep.Objective;
        var score = outcome.ScoreBy(objective) ?? (objective == Objective.Accuracy ? 0 : TrialsWanted.NoScore);
        (_scores[outcome.Index], _epochs[outcome.Index]) = (Math.Round(score, Digits), outcome.Reached);
    }

    /// <summary>Whether there are more points, and the results that the next one is chosen from are there.</summary>
    public bool MayAsk(TrialBoard board)
    {
        if (_isExhausted || Planned >= part.Sweep.Trials) return false;
        for (var trial = 0; trial <= Planned - plan.Lag; trial++)
        {
            if (board[trial].IsActive()) return false;
        }

        return true;
    }

    /// <summary>Has trials appended to the plan.</summary>
    /// <param name="states">A letter for each trial.</param>
    /// <returns>The new trials; none where the space has no more.</returns>
    public async Task<PlannedPart> AskAsync(string states)
    {
        var seen = Math.Clamp(Planned - plan.Lag + 1, 0, Planned);
        var wanted = new TrialsWanted(
            part.SweepId,
            part.Sweep.Run,
            plan.Points,
            TrialStates.Plain(states.AsSpan(0, seen)) + new string(TrialStates.LetterOf(TrialState.Waiting), Planned - seen),
            [.. _scores],
            [.. _epochs]);
        var more = await context.CallActivityAsync<PlannedPart>(ActivityNames.Suggest, wanted, retry);
        _isExhausted = more.Order.Count == 0;
        _scores.AddRange(more.Order.Select(_ => 0.0));
        _epochs.AddRange(more.Order.Select(_ => 0));
        return more;
    }

    public LearningState ToState() => new(_isExhausted, [.. _scores], [.. _epochs]);

    private static List<T> Known<T>(IReadOnlyList<T>? known, LearningPlan plan)
        where T : struct => [.. known ?? new T[plan.Planned]];
}
