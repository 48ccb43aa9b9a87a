namespace MusicPipeline.Sweeps.Activities;

/// <summary>What a child orchestration is to run, and where the sweep stood before.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Number">Number of the part, from 0 on.</param>
/// <param name="Sweep">The sweep in numbers, which hold for the part too.</param>
/// <param name="Tally">How the trials stand, so that the child can show the status of the whole sweep.</param>
public sealed record SweepPart(string SweepId, int Number, PlannedSweep Sweep, SweepTally Tally)
{
    /// <summary>The part's trials.</summary>
    internal SweepRange Range => Sweep.Search is not null ? new(SweepId, 0, Sweep.Trials, Sweep.Capacity, Sweep.Run) : new(
        SweepId, Number * Sweep.PartSize, Math.Min(Sweep.PartSize, Sweep.Trials - (Number * Sweep.PartSize)), Sweep.Capacity, Sweep.Run);
}
