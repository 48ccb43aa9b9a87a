using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// How the trials of a sweep stand, as one orchestration hands it on to another and to the report. In JSON it stays
/// below about 30 KB for 10,000 trials, whatever happens to them.
/// </summary>
/// <param name="Trials">
/// One letter a trial in the order of the plan; see <see cref="TrialStates"/>. Upper case: on record before.
/// </param>
/// <param name="BestIndex">Position of the best trial in the plan, whatever other trials its point has, or -1.</param>
/// <param name="BestValidationAccuracy">Its last validation accuracy, 0 to 1.</param>
/// <param name="StartedAt">When the sweep's orchestration started.</param>
/// <param name="TrainingSince">When training started: the time before went into results that were on record.</param>
/// <param name="TrainedCost">Relative cost of the trials that were trained.</param>
/// <param name="LeftCost">Relative cost of the trials that wait or run.</param>
/// <param name="Reasons">Why trials have no result: distinct sentences, each for one or many trials.</param>
/// <param name="ReasonLetters">
/// A letter for each trial that failed or was cancelled, in the order of the plan: <c>A</c> for the first reason, and so
/// on, <c>-</c> for none.
/// </param>
public sealed record SweepTally(
    [property: JsonConverter(typeof(TrialStatesJsonConverter))] string Trials,
    int BestIndex,
    double BestValidationAccuracy,
    DateTimeOffset StartedAt,
    DateTimeOffset TrainingSince,
    double TrainedCost,
    double LeftCost,
    IReadOnlyList<string> Reasons,
    string ReasonLetters)
{
    /// <summary>The best trial's last validation loss; 0 where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double BestValidationLoss { get; init; }

    /// <summary>The best trial's trained parameters; 0 where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BestParameters { get; init; }

    /// <summary>By what trials are compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Objective Objective { get; init; }

    /// <summary>The best trial's score; null where that is its accuracy, and without a best trial.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BestScore { get; init; }

    /// <summary>What the best trial is ranked by; worse than any where there is none.</summary>
    [JsonIgnore]
    internal TrialRank BestRank =>
        new(BestIndex < 0 ? double.NegativeInfinity : BestScore ?? BestValidationAccuracy, BestValidationLoss, BestParameters);

    /// <summary>What the part that ran last was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public HaltKind Halt { get; init; }

    /// <summary>Where the search stands; null for a sweep whose trials are all trained to their end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchState? Search { get; init; }

    internal const string ReasonAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    internal const char NoReason = '-';

    /// <summary>A sweep of which no trial has started.</summary>
    internal static SweepTally Of(PlannedSweep plan, DateTimeOffset startedAt) => new(
        new string(TrialStates.LetterOf(TrialState.Waiting), plan.Trials), -1, 0, startedAt, startedAt, 0, plan.Cost, [], "")
    {
        Objective = plan.Objective,
    };

    /// <summary>Positions in the plan of trials that were on record before.</summary>
    public IEnumerable<int> Reused() => Enumerable.Range(0, Trials.Length).Where(index => TrialStates.IsReused(Trials[index]));

    /// <summary>Positions in the plan of trials that were broken off and will run again.</summary>
    public IEnumerable<int> Preempted() => TrialStates.Where(Trials, state => state == TrialState.Preempted);

    /// <summary>Positions in the plan of trials that were ended early.</summary>
    public IEnumerable<int> Pruned() => TrialStates.Where(Trials, state => state == TrialState.Pruned);

    /// <summary>Trials without a result, in the order of the plan.</summary>
    public IEnumerable<TrialOutcome> Failures()
    {
        var number = 0;
        foreach (var index in TrialStates.Where(Trials, TrialStates.HasFailed))
            yield return new TrialOutcome(index, TrialStates.StateOf(Trials[index]), Reason: ReasonOf(number++));
    }

    private string? ReasonOf(int number) => ReasonAlphabet.IndexOf(ReasonLetters[number]) is >= 0 and var reason ? Reasons[reason] : null;
}

/// <summary>Where the search of a sweep stands, as one orchestration hands it on to the next.</summary>
/// <param name="Board">Where each trial stands, with its scores.</param>
/// <param name="Started">Trials that were started, of those in their order.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Cause">Why no more trials start, if so.</param>
/// <param name="HasEnded">Whether nothing is left to do.</param>
public sealed record SearchState(TrialBoardState Board, int Started, long Epochs, StopCause? Cause, bool HasEnded)
{
    /// <summary>What points are chosen by; null where they do not depend on results.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearningState? Learning { get; init; }
}

/// <summary>What a sweep whose points depend on its results knows of its trials, as one orchestration hands it on to the next.</summary>
/// <param name="IsExhausted">Whether the space has no more points.</param>
/// <param name="Accuracies">Last score of each trial in the plan, such as its validation accuracy; see <see cref="TrialsWanted"/>.</param>
/// <param name="Epochs">Epochs that each of them got.</param>
public sealed record LearningState(bool IsExhausted, IReadOnlyList<double> Accuracies, IReadOnlyList<int> Epochs)
{
    /// <summary>Trials in the plan.</summary>
    [JsonIgnore]
    public int Planned => Accuracies.Count;
}
