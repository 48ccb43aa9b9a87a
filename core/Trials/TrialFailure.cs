namespace MusicPipeline.Trials;

/// <summary>Why a trial has no result.</summary>
/// <param name="TrialId">The trial.</param>
/// <param name="State">Failed or cancelled.</param>
/// <param name="Reason">One sentence.</param>
public sealed record TrialFailure(string TrialId, TrialState State, string Reason);
