using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running;

/// <summary>What a child orchestration is to run, and where the sweep stood before.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Number">Number of the part, from 0 on.</param>
/// <param name="Sweep">The sweep in numbers, which hold for the part too.</param>
/// <param name="Tally">How the trials stand, so that the child can show the status of the whole sweep.</param>
public sealed record SweepPart(string SweepId, int Number, PlannedSweep Sweep, SweepTally Tally)
{
    /// <summary>The part's trials.</summary>
    internal SweepRange Range => Sweep.Search is { } search
        ? new(SweepId, 0, Tally.Search?.Learning?.Planned ?? search.Learning?.Planned ?? Sweep.Trials, Sweep.Capacity, Sweep.Run)
        {
            Since = search.Learning?.Since,
        }
        : new(SweepId, First, Math.Min(Sweep.PartSize, Sweep.Trials - First), Sweep.Capacity, Sweep.Run);

    /// <summary>Trials of the sweep to train side by side.</summary>
    internal TrialPack PackOf(IReadOnlyList<int> indices) =>
        new(SweepId, indices, Sweep.Device, Sweep.Run, Sweep.Priority)
        {
            Since = Sweep.Search?.Learning?.Since,
            Objective = Sweep.Objective,
        };

    private int First => Number * Sweep.PartSize;
}

/// <summary>A run of a sweep.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Run">Number of the run; see <see cref="SweepDocument.Run"/>.</param>
public sealed record SweepRun(string SweepId, int Run);
