using System.Text.Json.Serialization;

namespace MusicPipeline.Training;

/// <summary>The curves of one trial, one value an epoch; <c>history.json</c> under its trial. All arrays have one length.</summary>
public sealed record TrainingHistory(
    [property: JsonPropertyName("loss")] double[] Loss,
    [property: JsonPropertyName("accuracy")] double[] Accuracy,
    [property: JsonPropertyName("val_loss")] double[] ValidationLoss,
    [property: JsonPropertyName("val_accuracy")] double[] ValidationAccuracy)
{
    /// <summary>Mean recall of the validation rows' classes; null in records of earlier versions.</summary>
    [JsonPropertyName("val_balanced_accuracy")]
    public double[]? ValidationBalancedAccuracy { get; init; }

    /// <summary>Mean F1 of the validation rows' classes; null in records of earlier versions.</summary>
    [JsonPropertyName("val_macro_f1")]
    public double[]? ValidationMacroF1 { get; init; }

    /// <summary>Epochs on record.</summary>
    [JsonIgnore]
    public int Epochs => Loss.Length;

    /// <summary>Gathers epochs into curves.</summary>
    public static TrainingHistory From(IReadOnlyCollection<EpochMetrics> epochs) => new(
        [.. epochs.Select(e => e.Loss)],
        [.. epochs.Select(e => e.Accuracy)],
        [.. epochs.Select(e => e.ValidationLoss)],
        [.. epochs.Select(e => e.ValidationAccuracy)])
    {
        ValidationBalancedAccuracy = Curve(epochs, e => e.ValidationBalancedAccuracy),
        ValidationMacroF1 = Curve(epochs, e => e.ValidationMacroF1),
    };

    /// <summary>The curve of an objective; null where it is not on record.</summary>
    public double[]? Of(Objective objective) => objective switch
    {
        Objective.Accuracy => ValidationAccuracy,
        Objective.BalancedAccuracy => ValidationBalancedAccuracy,
        Objective.MacroF1 => ValidationMacroF1,
        _ => ValidationLoss,
    };

    // A run that an earlier version began lacks its first epochs' figures, and then the curve.
    private static double[]? Curve(IReadOnlyCollection<EpochMetrics> epochs, Func<EpochMetrics, double?> figure) =>
        epochs.All(e => figure(e) is not null) ? [.. epochs.Select(e => figure(e)!.Value)] : null;
}
