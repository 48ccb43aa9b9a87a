using System.Diagnostics;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Local.Bench;

/// <summary>Seconds an epoch of the lab's shape on one core, next to the core's own peak.</summary>
internal static class TrainingBench
{
    private const double N = SyntheticDataset.LabTrainRows, V = SyntheticDataset.LabTestRows;
    private const double D = SyntheticDataset.LabFeatures, C = SyntheticDataset.LabClasses;

    private static readonly Case[] Cases =
    [
        new(4, 21, 0.03), new(16, 21, 0.03), new(64, 15, 0.06, 0.45, 0.51), new(256, 11, 0.13, 0.60, 0.62), new(1024, 5, 0.50, 0.66, 0.63),
        new(256, 7) { Layers = 2 },
    ];

    /// <summary>Measures every size; the peak is taken anew beside each, since a machine's speed drifts.</summary>
    public static (double Peak, IReadOnlyList<BenchFigure> Figures) Run(CancellationToken cancellation)
    {
        var data = SyntheticDataset.Lab();
        var device = new CpuTrainingDevice();
        var peaks = new List<double>();
        var figures = new List<BenchFigure>();
        foreach (var one in Cases)
        {
            var before = FmaPeak.Measure();
            var seconds = new List<double>();
            var last = Stopwatch.GetTimestamp();
            device.Train(data, new HyperParameters(0.001, one.Units, one.Epochs + 1) { Layers = one.Layers }, OnEpoch, cancellation);
            var peak = Math.Max(before, FmaPeak.Measure());
            peaks.Add(peak);

            // The first epoch compiles and warms up.
            seconds.RemoveAt(0);
            var median = Samples.Median(seconds);
            // The first layer hands no gradient down.
            double units = one.Units, above = units * (((one.Layers - 1) * units) + C);
            var training = N * ((4 * D * units) + (6 * above)) / 1e9;
            var validation = 2 * V * ((D * units) + above) / 1e9;
            figures.Add(new BenchFigure(
                one.Name,
                median,
                "s",
                one.Goal,
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

    /// <summary>A network to train.</summary>
    /// <param name="Units">Units of each hidden layer.</param>
    /// <param name="Epochs">Epochs to take the median of.</param>
    /// <param name="Seconds">Seconds an epoch to reach; null for no goal.</param>
    /// <param name="Narrow">Share of the peak to reach with 256-bit vectors; null for no goal.</param>
    /// <param name="Wide">The same with 512 bits.</param>
    private sealed record Case(int Units, int Epochs, double? Seconds = null, double? Narrow = null, double? Wide = null)
    {
        public int Layers { get; init; } = 1;

        public string Name => Layers == 1 ? $"epoch, {Units} hidden units" : $"epoch, {Layers} x {Units} hidden units";

        public string? Goal => (Seconds, Machine.VectorBits == 512 ? Wide : Narrow) switch
        {
            ({ } seconds, { } share) => $"{seconds} or less, {share:P0} of the peak",
            ({ } seconds, null) => $"{seconds} or less",
            _ => null,
        };
    }
}
