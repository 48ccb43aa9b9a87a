using System.Text.Json.Serialization;

namespace MusicPipeline.Training;

/// <summary>
/// One epoch's figures as Keras reports them: training loss and accuracy are running means over the epoch's
/// batches, each taken before its update, with dropout, label smoothing and class weights; the validation figures follow
/// the epoch and know none of these, so that trials compare.
/// </summary>
/// <param name="Loss">Mean cross-entropy in nats.</param>
/// <param name="Accuracy">Share of rows classified rightly, 0 to 1.</param>
/// <param name="ValidationLoss">Mean cross-entropy of the validation rows, in nats.</param>
/// <param name="ValidationAccuracy">Share of validation rows classified rightly, 0 to 1.</param>
public sealed record EpochMetrics(double Loss, double Accuracy, double ValidationLoss, double ValidationAccuracy)
{
    /// <summary>Mean recall of the classes that have validation rows, 0 to 1; null in records of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationBalancedAccuracy { get; init; }

    /// <summary>
    /// Mean F1 of the classes that have validation rows or were predicted, 0 to 1; null in records of earlier versions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationMacroF1 { get; init; }

    /// <summary>The figure of an objective; null where it is not on record.</summary>
    public double? Of(Objective objective) => objective switch
    {
        Objective.Accuracy => ValidationAccuracy,
        Objective.BalancedAccuracy => ValidationBalancedAccuracy,
        Objective.MacroF1 => ValidationMacroF1,
        _ => ValidationLoss,
    };
}
