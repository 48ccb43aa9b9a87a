using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>The orchestrations of a sweep, under the names that every host registers them by.</summary>
public static class OrchestrationNames
{
    /// <summary>
    /// A whole sweep, by <see cref="SweepOrchestration.RunAsync"/>; <see cref="string"/> (sweep id) to
    /// <see cref="SweepState"/>.
    /// </summary>
    public const string Sweep = "RunSweep";

    /// <summary>
    /// Some hundred trials of a large sweep, by <see cref="SweepOrchestration.RunPartAsync"/>;
    /// <see cref="SweepPart"/> to <see cref="SweepTally"/>.
    /// </summary>
    public const string Part = "RunSweepPart";
}
