using MusicPipeline.Errors;

namespace MusicPipeline.Training.Models;

/// <summary>How often each class was taken for each: rows are true classes, columns predicted ones.</summary>
/// <param name="Classes">Label of each row and column.</param>
/// <param name="Counts">classes x classes: <c>Counts[true][predicted]</c>.</param>
public sealed record ConfusionMatrix(long[] Classes, int[][] Counts)
{
    private const int NamedLabels = 5;

    /// <summary>Names of the classes, in their order; null where labels are all that is known.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Number of rows that were compared.</summary>
    public int Rows => Counts.Sum(row => row.Sum());

    /// <summary>Share of rows classified rightly, 0 to 1; 0 where there are no rows.</summary>
    public double Accuracy => Rows == 0 ? 0 : (double)Counts.Select((row, i) => row[i]).Sum() / Rows;

    /// <summary>Mean recall of the classes that have rows, 0 to 1, which counts every class alike; 0 where there are no rows.</summary>
    public double BalancedAccuracy => PerClass.Average(score => score.Recall) ?? 0;

    /// <summary>Rows, precision and recall of each class, in the order of <see cref="Classes"/>.</summary>
    public IReadOnlyList<ClassScore> PerClass =>
    [
        .. Classes.Select((label, i) =>
            ClassScore.Of(label, Counts[i][i], Counts[i].Sum(), Counts.Sum(row => row[i])) with { Name = ClassNames?[i] }),
    ];

    /// <summary>What a class is called: its name, or its label where it has none.</summary>
    public string NameOf(int index) => ClassNames?[index] ?? Classes[index].ToString();

    /// <summary>Counts pairs of true and predicted labels.</summary>
    /// <param name="classes">The classes that a model knows.</param>
    /// <param name="truth">True label of each row.</param>
    /// <param name="predicted">Predicted label of each row.</param>
    /// <exception cref="InputException">The lengths differ, or a label is none of the classes.</exception>
    public static ConfusionMatrix Of(long[] classes, IReadOnlyList<long> truth, IReadOnlyList<long> predicted)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        if (truth.Count != predicted.Count)
        {
            throw new InputException(
                $"there are {truth.Count} labels for {predicted.Count} rows",
                "give the labels of the same rows, one a row");
        }

        var index = new Dictionary<long, int>();
        for (var i = 0; i < classes.Length; i++) index[classes[i]] = i;
        Refuse(truth, index, classes, "labels are", "give the labels that the model was trained on");
        Refuse(predicted, index, classes, "predictions are", "take a model whose labels are its classes");
        var counts = new int[classes.Length][];
        for (var i = 0; i < counts.Length; i++) counts[i] = new int[classes.Length];
        for (var row = 0; row < truth.Count; row++) counts[index[truth[row]]][index[predicted[row]]]++;
        return new ConfusionMatrix(classes, counts);
    }

    private static void Refuse(
        IReadOnlyList<long> labels, Dictionary<long, int> index, long[] classes, string what, string remedy)
    {
        var strange = labels.Where(label => !index.ContainsKey(label)).ToArray();
        if (strange.Length == 0) return;
        throw new InputException(
            $"{strange.Length} of {labels.Count} {what} no class of the model ({Some(strange.Distinct().Order())}), "
            + $"which knows {Some(classes)}",
            remedy);
    }

    private static string Some(IEnumerable<long> labels)
    {
        var named = labels.Take(NamedLabels + 1).ToArray();
        var text = string.Join(", ", named.Take(NamedLabels));
        return named.Length > NamedLabels ? text + ", ..." : text;
    }
}
