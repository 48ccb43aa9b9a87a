using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Trials that one activity trains.</summary>
/// <param name="SweepId">The sweep whose plan names them.</param>
/// <param name="Indices">Their positions in the plan.</param>
/// <param name="Device">What to train them on; null leaves it to the worker.</param>
/// <param name="Run">Number of the run whose plan it is; 0 for any.</param>
/// <param name="Priority">See <see cref="SweepRequest.Priority"/>.</param>
public sealed record TrialPack(string SweepId, IReadOnlyList<int> Indices, DeviceChoice? Device = null, int Run = 0, int Priority = 0)
{
    /// <summary>What ends the trials early; null where nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Pruner? Pruner { get; init; }

    /// <summary>With a pruner: how far each trial is to be trained, in the order of <see cref="Indices"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TrialStop>? Stops { get; init; }

    /// <summary>Names the plan that it is about.</summary>
    internal RunKey Key => new(SweepId, Run, Since);

    /// <summary>See <see cref="PlanGrowth.Since"/>; null where the plan does not grow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>By what trials are compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Objective Objective { get; init; }

    /// <summary>One trial of the pack alone.</summary>
    internal TrialPack Only(int position) =>
        this with { Indices = [Indices[position]], Stops = Stops is null ? null : [Stops[position]] };

    /// <summary>The stretch of a trial; null where it is to be trained to its end.</summary>
    internal TrialStretch? StretchOf(int index, Trial trial)
    {
        if (Pruner is null || Stops is null) return null;
        var position = 0;
        while (Indices[position] != index) position++;
        return new TrialStretch(Pruner, Stops[position], trial);
    }
}

/// <summary>How far a trial of a sweep that ends trials early is to be trained.</summary>
/// <param name="Until">Epochs, counted from the trial's beginning, after which it comes back.</param>
/// <param name="Passed">Checks of which the sweep has the scores.</param>
public sealed record TrialStop(int Until, int Passed);

/// <summary>How one trial ended, in a few numbers; everything else lies in storage.</summary>
/// <param name="Index">Position in the plan.</param>
/// <param name="State">Completed, diverged, pruned, failed, cancelled or preempted.</param>
/// <param name="Reused">Whether the result was on record before.</param>
/// <param name="ValidationAccuracy">Last validation accuracy, 0 to 1; null without a completed epoch.</param>
/// <param name="Reason">Why it failed or was cancelled; null where it never ran, or where too many others had a reason already.</param>
public sealed record TrialOutcome(
    int Index, TrialState State, bool Reused = false, double? ValidationAccuracy = null, string? Reason = null)
{
    /// <summary>Last validation loss; null where nothing of the trial ranks by it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationLoss { get; init; }

    /// <summary>The objective's last score; null where that is the accuracy, and where the record has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    /// <summary>The figures that <see cref="Score"/> is made of, inside the activity alone.</summary>
    [JsonIgnore]
    internal EpochMetrics? Figures { get; init; }

    /// <summary>Trained parameters; 0 where nothing of the trial ranks by them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Parameters { get; init; }

    /// <summary>What trials are ranked by; null where there is nothing.</summary>
    internal double? ScoreBy(Objective objective) => objective == Objective.Accuracy ? ValidationAccuracy : Score;

    /// <summary>The outcome as a sweep is told of it that compares trials by an objective.</summary>
    internal TrialOutcome For(Objective objective) => this with
    {
        Score = objective != Objective.Accuracy && Figures?.Of(objective) is { } figure ? objective.Score(figure) : null,
        Figures = null,
    };

    /// <summary>Whether a pruned trial waits at a check, and may go on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPaused { get; init; }

    /// <summary>Scores at the checks that it has passed since it came back last; null in sweeps that end no trial early.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Scores { get; init; }

    /// <summary>Epochs that it has in all, whoever trained them; 0 in sweeps that do not count them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Reached { get; init; }

    /// <summary>Epochs that were trained for it; 0 in sweeps that do not count them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Epochs { get; init; }
}
