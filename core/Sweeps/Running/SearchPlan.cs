using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>What decides, while a sweep runs, which trials start and go on.</summary>
/// <param name="Pruner">What ends trials early.</param>
/// <param name="Stop">When no more trials are started; null for when all have ended.</param>
/// <param name="PackSize">Trials that one activity trains side by side, 1 or more.</param>
public sealed record SearchPlan(PrunerRequest Pruner, StopRequest? Stop, int PackSize)
{
    /// <summary>How points are chosen; null where they do not depend on results.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearningPlan? Learning { get; init; }
}
