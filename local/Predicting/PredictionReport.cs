using MusicPipeline.Training.Models;
using Spectre.Console;

namespace MusicPipeline.Local.Predicting;

/// <summary>What a model said about rows, and how right it was where that is known.</summary>
/// <param name="model">The model's classes and their names.</param>
/// <param name="prediction">Labels and probabilities.</param>
/// <param name="truth">True labels, or null.</param>
/// <param name="confusion">The comparison with the true labels, or null.</param>
internal sealed class PredictionReport(
    ModelMetadata model, Prediction prediction, long[]? truth, ConfusionMatrix? confusion)
{
    // A column for each class still fits a screen of ordinary width.
    private const int WideClasses = 12;

    /// <summary>Everything, for scripts.</summary>
    public PredictionDocument Document(string file) => new(
        file,
        prediction.Classes,
        model.ClassNames,
        prediction.Labels,
        [.. Enumerable.Range(0, prediction.Rows).Select(row => prediction.Row(row).ToArray())],
        confusion?.Accuracy,
        confusion?.Counts,
        confusion?.PerClass);

    /// <summary>The first rows, and the scores.</summary>
    public void Write(IAnsiConsole console, int rows)
    {
        if (rows > 0) WriteRows(console, Math.Min(rows, prediction.Rows));
        if (rows < prediction.Rows)
            console.WriteLine(
                $"{prediction.Rows - rows:N0} more {(prediction.Rows - rows == 1 ? "row" : "rows")}; --rows shows more, --json all.");
        if (confusion is null) return;

        console.WriteLine();
        console.WriteLine($"Accuracy {confusion.Accuracy:P2} of {confusion.Rows:N0} {(confusion.Rows == 1 ? "row" : "rows")}");
        WriteConfusion(console, confusion);
    }

    private void WriteRows(IAnsiConsole console, int rows)
    {
        var wide = prediction.Classes.Length <= WideClasses;
        var table = new Table().SimpleBorder().Title("Predicted");
        table.AddColumns([Right("row"), Right("label")]);
        table.AddColumns(wide ? [.. Names().Select(name => Right($"p({name})"))] : [Right("probability")]);
        if (truth is not null) table.AddColumn(Right("true label"));

        for (var row = 0; row < rows; row++)
        {
            var probabilities = prediction.Row(row).ToArray();
            List<string> cells = [row.ToString(), Name(prediction.Labels[row])];
            cells.AddRange((wide ? probabilities : [probabilities.Max()]).Select(probability => probability.ToString("0.000")));
            if (truth is not null) cells.Add(Name(truth[row]) + (truth[row] == prediction.Labels[row] ? "  " : " x"));
            table.AddRow(cells.Select(cell => new Text(cell)).ToArray());
        }

        console.Write(table);
    }

    private void WriteConfusion(IAnsiConsole console, ConfusionMatrix matrix)
    {
        var wide = matrix.Classes.Length <= WideClasses;
        var table = new Table().SimpleBorder()
            .Title(wide ? "Confusion matrix (rows true, columns predicted)" : "By class (--json has the confusion matrix)");
        table.AddColumn(Right("true \\ predicted"));
        if (wide) table.AddColumns([.. Names().Select(Right)]);
        table.AddColumns([Right("rows"), Right("precision"), Right("recall")]);
        foreach (var (score, index) in matrix.PerClass.Select((score, index) => (score, index)))
        {
            List<string> cells = [Name(score.Class)];
            if (wide) cells.AddRange(matrix.Counts[index].Select(count => count.ToString("N0")));
            cells.AddRange([score.Rows.ToString("N0"), Share(score.Precision), Share(score.Recall)]);
            table.AddRow(cells.Select(cell => new Text(cell)).ToArray());
        }

        console.Write(table);
    }

    private static string Share(double? share) => share?.ToString("P1") ?? "-";

    private static TableColumn Right(string header) => new TableColumn(new Text(header)).RightAligned();

    private IEnumerable<string> Names() => prediction.Classes.Select(Name);

    private string Name(long label)
    {
        var index = Array.IndexOf(prediction.Classes, label);
        return index >= 0 && model.ClassNames is { } names ? names[index] : label.ToString();
    }
}
