namespace MusicPipeline.Sweeps.Running;

/// <summary>How a sweep is run whose points depend on its results.</summary>
/// <param name="Planned">Trials that are in the plan by now.</param>
/// <param name="Points">Points to ask for at a time.</param>
/// <param name="Lag">
/// A trial's point is chosen from the results of those at least so many places before it, and when all of those are there. So the
/// order in which trials end makes no difference, and few workers wait.
/// </param>
/// <param name="Since">See <see cref="Planning.PlanGrowth.Since"/>.</param>
public sealed record LearningPlan(int Planned, int Points, int Lag, DateTimeOffset Since);
