using System.Diagnostics;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Local.Bench;

/// <summary>Seconds an epoch of the lab's shape on one core, next to the core's own peak.</summary>
internal static class TrainingBench
{
    private const double N = SyntheticDataset.LabTrainRows, V = SyntheticDataset.LabTestRows;
    private const double D = SyntheticDataset.LabFeatures, C = SyntheticDataset.LabClasses;

    private static readonly (int HiddenUnits, double Goal, int Epochs)[] Cases =
        [(4, 0.03, 21), (16, 0.03, 21), (64, 0.06, 15), (256, 0.13, 11), (1024, 0.50, 5)];

    /// <summary>Measures every size; the peak is taken anew beside each, since a machine's speed drifts.</summary>
    public static (double Peak, IReadOnlyList<BenchFigure> Figures) Run(CancellationToken cancellation)
    {
        var data = SyntheticDataset.Lab();
        var device = new CpuTrainingDevice();
        var peaks = new List<double>();
        var figures = new List<BenchFigure>();
        foreach (var (hiddenUnits, goal, epochs) in Cases)
        {
            var before = FmaPeak.Measure();
            var seconds = new List<double>();
            var last = Stopwatch.GetTimestamp();
            device.Train(data, new HyperParameters(0.001, hiddenUnits, epochs + 1), OnEpoch, cancellation);
            var peak = Math.Max(before, FmaPeak.Measure());
            peaks.Add(peak);

            // The first epoch compiles and warms up.
            seconds.RemoveAt(0);
            var median = Samples.Median(seconds);
            var training = ((4 * N * D * hiddenUnits) + (6 * N * hiddenUnits * C)) / 1e9;
            var validation = 2 * V * hiddenUnits * (D + C) / 1e9;
            figures.Add(new BenchFigure(
                $"epoch, {hiddenUnits} hidden units",
                median,
                "s",
                $"{goal} or less",
                $"{training / median:F1} GFLOP/s, {training / median / peak:P0} of the peak of {peak:F0}"
                + $" ({(training + validation) / median / peak:P0} with validation); {Samples.Spread(seconds, "F4")}"));

            void OnEpoch(int epoch, EpochMetrics metrics)
            {
                seconds.Add(Stopwatch.GetElapsedTime(last).TotalSeconds);
                last = Stopwatch.GetTimestamp();
            }
        }

        return (peaks.Max(), figures);
    }
}
