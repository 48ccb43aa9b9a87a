using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Where the search of a sweep stands, as one orchestration hands it on to the next.</summary>
/// <param name="Board">Where each trial stands, with its scores.</param>
/// <param name="Started">Trials that were started, of those in their order.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Cause">Why no more trials start, if so.</param>
/// <param name="HasEnded">Whether nothing is left to do.</param>
public sealed record SearchState(TrialBoardState Board, int Started, long Epochs, StopCause? Cause, bool HasEnded)
{
    /// <summary>What points are chosen by; null where they do not depend on results.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearningState? Learning { get; init; }
}
