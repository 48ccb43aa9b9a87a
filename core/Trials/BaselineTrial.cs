using MusicPipeline.Training.MachineLearning;

namespace MusicPipeline.Trials;

/// <summary>A simple classifier that the networks of a sweep are compared with, on the rows that a trial would have.</summary>
/// <param name="Id">Names it by its content, as a trial's id does: 20 lower-case hexadecimal digits.</param>
/// <param name="Name">One of <see cref="Training.MachineLearning.Baselines.Names"/>.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="DatasetVersion">Version of the data set.</param>
/// <param name="Validation">Rows that it is validated on.</param>
public sealed record BaselineTrial(
    string Id, string Name, string Dataset, string DatasetVersion, ValidationRule Validation)
{
    /// <summary>The baselines of a sweep: each once, or once a fold.</summary>
    /// <param name="names">Their names, in the order in which they are shown.</param>
    /// <param name="validation">The sweep's rule.</param>
    /// <param name="dataset">Name of the data set.</param>
    /// <param name="datasetVersion">Version of the data set.</param>
    public static IReadOnlyList<BaselineTrial> Of(
        IEnumerable<string> names, ValidationRule validation, string dataset, string datasetVersion) =>
    [
        .. from name in names
           from rule in validation.OfTrials()
           select new BaselineTrial(IdOf(name, datasetVersion, rule), name, dataset, datasetVersion, rule),
    ];

    private static string IdOf(string name, string datasetVersion, ValidationRule validation) => TrialId.Of(string.Join(
        '\n', "baselines=" + Baselines.Version, "dataset=" + datasetVersion, "name=" + name, "validation=" + validation));
}

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
