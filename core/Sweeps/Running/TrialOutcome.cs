using System.Text.Json.Serialization;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

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

    /// <summary>Trained parameters; 0 where nothing of the trial ranks by them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Parameters { get; init; }

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
