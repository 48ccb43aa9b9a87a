using System.Text.Json.Serialization;

namespace MusicPipeline.Training;

/// <summary>The curves of one trial, one value an epoch; <c>history.json</c> under its trial. All arrays have one length.</summary>
public sealed record TrainingHistory(
    [property: JsonPropertyName("loss")] double[] Loss,
    [property: JsonPropertyName("accuracy")] double[] Accuracy,
    [property: JsonPropertyName("val_loss")] double[] ValidationLoss,
    [property: JsonPropertyName("val_accuracy")] double[] ValidationAccuracy)
{
    /// <summary>Epochs on record.</summary>
    [JsonIgnore]
    public int Epochs => Loss.Length;

    /// <summary>Gathers epochs into curves.</summary>
    public static TrainingHistory From(IReadOnlyCollection<EpochMetrics> epochs) => new(
        [.. epochs.Select(e => e.Loss)],
        [.. epochs.Select(e => e.Accuracy)],
        [.. epochs.Select(e => e.ValidationLoss)],
        [.. epochs.Select(e => e.ValidationAccuracy)]);
}
