using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Training.Packs;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Trials that follow one another in the order in which a sweep starts them.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="First">Number of the first, from 0 on.</param>
/// <param name="Count">How many.</param>
/// <param name="Capacity">What a worker takes at once; null for one trial.</param>
/// <param name="Run">Number of the run whose plan it is; 0 for any.</param>
public sealed record SweepRange(string SweepId, int First, int Count, DeviceCapacity? Capacity = null, int Run = 0)
{
    /// <summary>See <see cref="PlanGrowth.Since"/>; null where the plan does not grow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }
}
