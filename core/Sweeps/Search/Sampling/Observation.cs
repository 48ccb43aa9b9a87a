using System.Text.Json.Serialization;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>What is known of a trial on the same data and rows, of this sweep or another one.</summary>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Score">Its last score, the higher, the better; null where it has none.</param>
/// <param name="Epochs">Epochs trained.</param>
public sealed record Observation(HyperParameters Parameters, ObservationState State, double? Score = null, int Epochs = 0)
{
    /// <summary>Whether it is another sweep's: then its point may be proposed, and its result is used at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsElsewhere { get; init; }
}
