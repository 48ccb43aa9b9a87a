using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Training.Packs;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// What the orchestration needs to know of a plan; the plan itself lies in storage. Its size does not grow with the
/// sweep: the trials of a large one are read part by part.
/// </summary>
/// <param name="Trials">Number of trials.</param>
/// <param name="Cost">Relative cost of all trials together.</param>
/// <param name="MaxParallel">Activities at once, over the whole sweep.</param>
/// <param name="PartSize">Trials a part: as many as one orchestration runs itself.</param>
/// <param name="Whole">The trials, where they are no more than a part; null where they come in parts.</param>
/// <param name="Halt">What the sweep was asked for before.</param>
/// <param name="Run">Number of the run that this plan is for; see <see cref="SweepDocument.Run"/>.</param>
/// <param name="Device">What the sweep asks to be trained on; null leaves it to the worker.</param>
/// <param name="Capacity">What a worker takes at once; null for one trial.</param>
/// <param name="Priority">See <see cref="SweepRequest.Priority"/>.</param>
public sealed record PlannedSweep(
    int Trials,
    double Cost,
    int MaxParallel,
    int PartSize,
    PlannedPart? Whole = null,
    HaltKind Halt = HaltKind.None,
    int Run = 1,
    DeviceChoice? Device = null,
    DeviceCapacity? Capacity = null,
    int Priority = 0)
{
    /// <summary>See <see cref="SweepOrders.Yields"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Yields { get; init; }

    /// <summary>What decides which trials start and go on; null where every trial is trained to its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchPlan? Search { get; init; }

    /// <summary>Number of baselines to train beside the trials, each fold counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Baselines { get; init; }
}
