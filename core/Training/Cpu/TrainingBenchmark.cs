using System.Diagnostics;
using MusicPipeline.Datasets;

namespace MusicPipeline.Training.Cpu;

/// <summary>Measures the CPU device on made-up rows of a given shape.</summary>
public sealed class TrainingBenchmark
{
    private const double LearningRate = 0.001;
    private const int PeakMilliseconds = 100;

    private readonly TrainingShape shape;
    private readonly TrainingSplit split;

    /// <summary>Makes the rows: standardized features around one centre a class.</summary>
    public TrainingBenchmark(TrainingShape shape)
    {
        this.shape = shape;
        var random = new Xoshiro256(seed: 1, stream: 0);
        var centres = Uniform(random, shape.Classes * shape.Features, 1f);
        split = new TrainingSplit(
            Rows(random, centres, shape.TrainingRows), Rows(random, centres, shape.ValidationRows), shape.Classes);
    }

    /// <summary>Trains on the calling thread and times every epoch but the first, which warms up.</summary>
    /// <param name="hiddenUnits">Units of the hidden layer.</param>
    /// <param name="epochs">Epochs to time, 1 or more.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public EpochTiming Measure(int hiddenUnits, int epochs, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        var peak = FmaPeak.Measure(PeakMilliseconds);
        var seconds = new List<double>(epochs);
        var start = Stopwatch.GetTimestamp();
        new CpuTrainingDevice().Train(
            split,
            new HyperParameters(LearningRate, hiddenUnits, epochs + 1, shape.BatchSize),
            (epoch, _) =>
            {
                if (epoch > 1) seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                start = Stopwatch.GetTimestamp();
            },
            cancellationToken);
        peak = Math.Max(peak, FmaPeak.Measure(PeakMilliseconds));

        seconds.Sort();
        var median = (seconds[(epochs - 1) / 2] + seconds[epochs / 2]) / 2;
        var training = shape.TrainingOperations(hiddenUnits) / 1e9;
        var validation = shape.ValidationOperations(hiddenUnits) / 1e9;
        return new EpochTiming(
            hiddenUnits, median, seconds[0], training / median, (training + validation) / median, peak);
    }

    private LabelledRows Rows(Xoshiro256 random, float[] centres, int rows)
    {
        var features = Uniform(random, rows * shape.Features, 1.5f);
        var labels = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = random.NextInt(shape.Classes);
            for (var f = 0; f < shape.Features; f++)
                features[(row * shape.Features) + f] += centres[(labels[row] * shape.Features) + f];
        }

        return new LabelledRows(features, shape.Features, labels);
    }

    private static float[] Uniform(Xoshiro256 random, int count, float limit)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = (float)((2 * random.NextDouble()) - 1) * limit;
        return values;
    }
}
