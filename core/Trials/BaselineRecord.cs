using MusicPipeline.Training.MachineLearning;

namespace MusicPipeline.Trials;

/// <summary><c>baseline.json</c>: what a baseline reached. It is written once.</summary>
/// <param name="Trial">What was trained.</param>
/// <param name="Loss">Mean cross-entropy of the training rows, in nats; null where it gives no probabilities.</param>
/// <param name="Accuracy">Share of training rows classified rightly, 0 to 1.</param>
/// <param name="ValidationLoss">Mean cross-entropy of the validation rows, in nats; null where it gives no probabilities.</param>
/// <param name="ValidationAccuracy">Share of validation rows classified rightly, 0 to 1.</param>
/// <param name="ValidationRows">Rows that it was validated on.</param>
/// <param name="Seconds">Wall time of training, in seconds.</param>
/// <param name="TrainerVersion">See <see cref="Baselines.Version"/>.</param>
public sealed record BaselineRecord(
    BaselineTrial Trial,
    double? Loss,
    double Accuracy,
    double? ValidationLoss,
    double ValidationAccuracy,
    int ValidationRows,
    double Seconds,
    string TrainerVersion)
{
    /// <summary>Sums a training up.</summary>
    public static BaselineRecord Of(BaselineTrial trial, BaselineScore score, int validationRows) => new(
        trial,
        Finite(score.Metrics.Loss),
        score.Metrics.Accuracy,
        Finite(score.Metrics.ValidationLoss),
        score.Metrics.ValidationAccuracy,
        validationRows,
        Math.Round(score.Seconds, 4),
        Baselines.Version);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
