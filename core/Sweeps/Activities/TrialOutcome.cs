namespace MusicPipeline.Sweeps.Activities;

/// <summary>How one trial ended, in a few numbers; everything else lies in storage.</summary>
/// <param name="Index">Position in the plan.</param>
/// <param name="State">Completed, diverged, failed or cancelled.</param>
/// <param name="Reused">Whether the result was on record before.</param>
/// <param name="ValidationAccuracy">Last validation accuracy, 0 to 1; null without a completed epoch.</param>
/// <param name="Reason">Why it failed or was cancelled; null where it never ran, or where too many others had a reason already.</param>
public sealed record TrialOutcome(
    int Index, TrialState State, bool Reused = false, double? ValidationAccuracy = null, string? Reason = null);
