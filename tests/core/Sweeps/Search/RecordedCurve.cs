using System.Globalization;
using System.Runtime.CompilerServices;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>
/// Validation accuracies of 200 trials on 20,000 notes of the lab's kind, a fifth of them held out: 20 learning rates from
/// 0.0001 to 0.3 by 10 hidden sizes from 4 to 256, 27 epochs each, as the trainer's first version gave them.
/// </summary>
internal sealed record RecordedCurve(double LearningRate, int HiddenUnits, double[] Accuracy)
{
    public static IReadOnlyList<RecordedCurve> All { get; } = Read();

    private static RecordedCurve[] Read([CallerFilePath] string here = "") =>
    [
        .. File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "curves.csv")).Skip(1).Select(line =>
        {
            double[] cells = [.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            return new RecordedCurve(cells[0], (int)cells[1], cells[2..]);
        }),
    ];
}
