using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MusicPipeline.Data;
using MusicPipeline.Errors;

namespace MusicPipeline.Training.MachineLearning;

/// <summary>
/// ML.NET's own multiclass trainers with their default options, to compare the network with: each on one thread, so that
/// the same rows give the same scores.
/// </summary>
public static class Baselines
{
    /// <summary>
    /// Version of the trainers and their options. Raise it when the same rows would end in other scores, as another
    /// release of ML.NET may have it.
    /// </summary>
    public const string Version = "1";

    private const string Label = nameof(BaselineRow.Label);
    private const string Features = nameof(BaselineRow.Features);

    // What a row costs at most: the logarithm of the smallest probability that is told from none.
    private const double Least = 1e-15;

    /// <summary>
    /// <c>sdca</c> and <c>lbfgs</c>: maximum entropy, that is a linear softmax, by dual coordinate ascent and by L-BFGS;
    /// <c>naive-bayes</c> on the features' signs; <c>perceptron</c>: averaged perceptrons, one against all.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = ["sdca", "lbfgs", "naive-bayes", "perceptron"];

    /// <summary>Refuses a name that is none.</summary>
    /// <exception cref="InputException">There is no such baseline.</exception>
    public static void Check(string name)
    {
        if (!Names.Contains(name, StringComparer.Ordinal)) throw NoSuch(name);
    }

    /// <summary>Trains one on the training rows and scores it on both parts.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="split">Standardized rows.</param>
    /// <param name="seed">Seeds what is drawn at random.</param>
    /// <param name="cancellationToken">Read before training and before scoring; ML.NET itself cannot be interrupted.</param>
    /// <exception cref="InputException">There is no such baseline.</exception>
    public static BaselineScore Train(string name, TrainingSplit split, int seed = 1, CancellationToken cancellationToken = default)
    {
        var context = new MLContext(seed);
        var trainer = Create(context, name);
        cancellationToken.ThrowIfCancellationRequested();
        // Most read the rows again and again.
        var training = context.Data.Cache(View(context, split.Training, split.Classes));
        var start = Stopwatch.GetTimestamp();
        var model = trainer.Fit(training);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        cancellationToken.ThrowIfCancellationRequested();
        var probable = name is "sdca" or "lbfgs";
        var (loss, accuracy) = Score(model.Transform(training), split.Training, probable);
        var (validationLoss, validationAccuracy) =
            Score(model.Transform(View(context, split.Validation, split.Classes)), split.Validation, probable);
        return new BaselineScore(name, new EpochMetrics(loss, accuracy, validationLoss, validationAccuracy), seconds);
    }

    private static IEstimator<ITransformer> Create(MLContext context, string name)
    {
        var trainers = context.MulticlassClassification.Trainers;
        return name switch
        {
            "sdca" => trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
            {
                LabelColumnName = Label,
                FeatureColumnName = Features,
                NumberOfThreads = 1,
            }),
            "lbfgs" => trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                LabelColumnName = Label,
                FeatureColumnName = Features,
                NumberOfThreads = 1,
            }),
            "naive-bayes" => trainers.NaiveBayes(Label, Features),
            "perceptron" => trainers.OneVersusAll(context.BinaryClassification.Trainers.AveragedPerceptron(Label, Features), Label),
            _ => throw NoSuch(name),
        };
    }

    private static InputException NoSuch(string name) => new($"there is no baseline '{name}'", $"choose from {string.Join(", ", Names)}");

    private static IDataView View(MLContext context, LabelledRows rows, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(BaselineRow));
        schema[Label].ColumnType = new KeyDataViewType(typeof(uint), classes);
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.FeatureCount);
        return context.Data.LoadFromEnumerable(
            Enumerable.Range(0, rows.Rows).Select(row => new BaselineRow
            {
                Label = (uint)rows.Labels[row],
                Features = rows.Row(row).ToArray(),
            }),
            schema);
    }

    private static (double Loss, double Accuracy) Score(IDataView scored, LabelledRows rows, bool probable)
    {
        var (loss, correct, row) = (0.0, 0, 0);
        using var cursor = scored.GetRowCursor(scored.Schema);
        var getLabel = cursor.GetGetter<uint>(scored.Schema[ScoreSchema.PredictedLabel]);
        var getScore = cursor.GetGetter<VBuffer<float>>(scored.Schema[ScoreSchema.Score]);
        var (predicted, scores) = (0u, default(VBuffer<float>));
        for (; cursor.MoveNext(); row++)
        {
            getLabel(ref predicted);
            correct += predicted == rows.Labels[row] + 1 ? 1 : 0;
            if (!probable) continue;
            getScore(ref scores);
            loss -= Math.Log(Math.Max(scores.GetItemOrDefault(rows.Labels[row]), Least));
        }

        return (probable ? loss / row : double.NaN, (double)correct / row);
    }
}
