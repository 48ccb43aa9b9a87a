using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>The orchestrations of a sweep, under the names that every host registers them by.</summary>
public static class OrchestrationNames
{
    /// <summary>
    /// Version of the steps that <see cref="Sweep"/> and <see cref="Part"/> take, such as <c>2.0</c>. Whoever changes what they
    /// ask for, or in which order, raises it, here and as <c>defaultVersion</c> in <c>host.json</c>; see <c>docs/deploy.md</c>.
    /// </summary>
    public const string Version = "1.0";

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

    /// <summary>
    /// Runs <see cref="Sweep"/> as its child on a host that keeps histories, to tell how it ended, whatever ended it;
    /// <see cref="SweepRun"/> to <see cref="SweepState"/>. Workers of all versions run it: it is to stay as it is.
    /// </summary>
    public const string Watch = "WatchSweep";
}
