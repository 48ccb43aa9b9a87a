namespace MusicPipeline.Sweeps.Activities;

/// <summary>What the orchestration knows at its end and storage does not.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Cancelled">Whether it was cancelled.</param>
/// <param name="Reused">Positions in the plan of trials that were on record before.</param>
/// <param name="Failures">Trials without a result.</param>
public sealed record SweepEnding(
    string SweepId, bool Cancelled, IReadOnlyList<int> Reused, IReadOnlyList<TrialOutcome> Failures);
