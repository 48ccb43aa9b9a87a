using System.Text.Json.Serialization;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Sampling;

/// <summary>What is known of a trial on the same data and rows, of this sweep or another one.</summary>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Score">Its last score, the higher, the better; null where it has none.</param>
/// <param name="Epochs">Epochs trained.</param>
public sealed record Observation(HyperParameters Parameters, TrialState State, double? Score = null, int Epochs = 0)
{
    /// <summary>Whether it is another sweep's: then its point may be proposed, and its result is used at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsElsewhere { get; init; }

    /// <summary>Whether it has no result that tells anything; then its point is not proposed again, and no more.</summary>
    internal bool IsPending => Order == 3;

    /// <summary>Place of its state among all: completed, pruned, diverged, and last what is pending.</summary>
    internal int Order => State switch
    {
        TrialState.Completed => 0,
        TrialState.Pruned => 1,
        TrialState.Diverged => 2,
        _ => 3,
    };
}
