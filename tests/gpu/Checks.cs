using MusicPipeline.Data;
using MusicPipeline.Tests.Training;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Cuda;
using MusicPipeline.Training.Cuda.Kernels;

namespace MusicPipeline.GpuCheck;

/// <summary>What must hold before any time counts. Each returns whether it does, and what was measured.</summary>
internal sealed class Checks(Options options, Gpu gpu, CudaTrainingDevice device)
{
    private const double LossTolerance = 1e-3;
    private const double AccuracyTolerance = 0.003;
    private const double LearningRate = 0.001;

    // Where the device is simulated, two batches, the last of one row, and one tile of units: what crosses tiles takes
    // it long and is tested elsewhere.
    private readonly TrainingSplit _small = options.Simulated ? TrainingCases.Split(33, 17, 3) : TrainingCases.Split(4001, 120, 10);
    private readonly int _wide = options.Simulated ? 9 : 70;

    /// <summary>Every step's loss against float64: the recorded run where one is given, else one computed here.</summary>
    public (bool Passed, string Detail) Reference()
    {
        var (rows, classes, start, batchSize, orders) = Recorded() ?? Generated();
        var expected = options.Reference is { } folder ? Npy.Read(folder, "step_loss").Values : Losses(rows, start, batchSize, orders);
        var (context, accelerator) = gpu.CreateAccelerator();
        using var ownedContext = context;
        using var ownedAccelerator = accelerator;
        var (actual, _) = SteppedRun.Train(
            accelerator, KernelSet.Compile(accelerator), rows, classes, start, batchSize, LearningRate, orders);
        var worst = expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second));
        return (
            expected.Length == actual.Length && worst <= LossTolerance, $"{actual.Length} steps, largest difference of a loss {worst:E1}");
    }

    /// <summary>A pack of unlike trials against the CPU device.</summary>
    public (bool Passed, string Detail) PackAgainstCpu()
    {
        var split = options.Data is { } folder ? Data(folder) : _small;
        var epochs = options.Simulated ? 1 : 5;
        var basis = new HyperParameters(0.001, options.Simulated ? 4 : 256, epochs, options.Simulated ? 32 : 128);
        HyperParameters[] trials =
        [
            basis,
            basis with { LearningRate = 0.01, HiddenUnits = options.Simulated ? 7 : 37, Epochs = Math.Max(1, epochs - 2) },
            basis with { HiddenUnits = 1 },
            basis with { Activation = Activation.Tanh, Schedule = LearningRateSchedule.Cosine, Seed = 2 },
            basis with { Activation = Activation.Relu, Schedule = LearningRateSchedule.Step, WeightDecay = 0.01 },
            basis with { LearningRate = 3e38 },
            basis with { BatchSize = 33, HiddenUnits = _wide },
        ];
        var results = TrainPack(device, split, trials);
        var expected = new TrainingResult[trials.Length];
        Parallel.For(0, trials.Length, i => expected[i] = new CpuTrainingDevice().Train(split, trials[i]));
        double accuracy = 0, loss = 0;
        var outcomes = true;
        for (var i = 0; i < trials.Length; i++)
        {
            var same = expected[i].Outcome == results[i].Outcome && expected[i].History.Epochs == results[i].History.Epochs;
            outcomes &= same;
            if (!same || expected[i].History.Epochs == 0) continue;
            accuracy = Math.Max(accuracy, Math.Abs(expected[i].History.ValidationAccuracy[^1] - results[i].History.ValidationAccuracy[^1]));
            loss = Math.Max(loss, Math.Abs(expected[i].History.ValidationLoss[^1] - results[i].History.ValidationLoss[^1]));
        }

        return (
            outcomes && accuracy <= AccuracyTolerance,
            $"{trials.Length} trials, {(outcomes ? "same outcomes" : "OTHER OUTCOMES")}, "
            + $"final accuracy apart by at most {100 * accuracy:F2} points, loss by {loss:E1}");
    }

    /// <summary>The same seed twice, a trial alone and in a pack, and a run that is stopped and goes on.</summary>
    public (bool Passed, string Detail) SameBits()
    {
        var epochs = options.Simulated ? 2 : 3;
        var trial = new HyperParameters(LearningRate, _wide, epochs, 32);
        var alone = TrainingCases.Bits(device.Train(_small, trial));
        var pack = TrainPack(device, _small, [trial with { HiddenUnits = 5 }, trial, trial with { Seed = 2 }]);
        var stopped = device.Train(_small, trial, new TrainingRun { Continue = (epoch, _) => epoch < epochs - 1 });
        var resumed = device.Train(_small, trial, new TrainingRun { From = stopped.Checkpoint });
        var (beside, later) = (alone.SequenceEqual(TrainingCases.Bits(pack[1])), alone.SequenceEqual(TrainingCases.Bits(resumed)));
        return (
            beside && later, $"beside others: {(beside ? "same" : "OTHER")} bits, stopped and resumed: {(later ? "same" : "OTHER")} bits");
    }

    /// <summary>A device without room for the pack, and one without room for a trial.</summary>
    public (bool Passed, string Detail) MemoryLimits()
    {
        HyperParameters[] trials =
        [
            .. Enumerable.Range(1, options.Simulated ? 2 : 4).Select(units => new HyperParameters(LearningRate, units, 1, 32)),
        ];
        var expected = TrainPack(device, _small, trials);
        var memory = new PackMemory(_small.Training.Rows, _small.Validation.Rows, _small.Training.FeatureCount, _small.Classes);

        // The rows of this small data set, gathered in both layouts, take less than what the estimate sets aside for them.
        var gathered = 8L
            * Tiling.RoundUp(_small.Training.Rows, Tiling.Rows)
            * Tiling.RoundUp(_small.Training.FeatureCount + 1, Tiling.Features);
        var limit = memory.DataSetBytes - PackMemory.GatherBytes + gathered + memory.TrialBytes(trials[0]);
        using var narrow = gpu.OpenLimited(limit);
        var actual = TrainPack(narrow, _small, trials);
        var same = trials.Select((_, i) => TrainingCases.Bits(expected[i]).SequenceEqual(TrainingCases.Bits(actual[i])))
            .All(equal => equal);
        using var tiny = gpu.OpenLimited(10_000);
        string? message = null;
        try
        {
            tiny.Train(_small, trials[0]);
        }
        catch (DeviceMemoryException exception)
        {
            message = exception.Message;
        }

        return (
            same && message is not null, $"with {limit >> 10} kB: {(same ? "same" : "OTHER")} bits; with 10 kB: {message ?? "NO ERROR"}");
    }

    private static Dictionary<int, TrainingResult> TrainPack(ITrainingDevice device, TrainingSplit split, HyperParameters[] trials)
    {
        var results = new Dictionary<int, TrainingResult>();
        device.TrainPack(split, [.. trials.Select(trial => new PackMember(trial, new TrainingRun()))], results.Add);
        return results;
    }

    private static double[] Losses(LabelledRows rows, NetworkWeights start, int batchSize, int[][] orders)
    {
        var network = new ReferenceNetwork(start);
        return [.. orders.SelectMany(order => order.Chunk(batchSize)).Select(batch => network.Step(rows, batch, LearningRate))];
    }

    // Standardized by the training rows, as the pipeline does.
    private static TrainingSplit Data(string folder)
    {
        var training = Rows("train");
        var validation = Rows("test");
        var width = training.FeatureCount;
        for (var f = 0; f < width; f++)
        {
            var column = Enumerable.Range(0, training.Rows).Select(row => (double)training.Features[(row * width) + f]).ToArray();
            var mean = column.Average();
            var deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
            foreach (var rows in (LabelledRows[])[training, validation])
            {
                for (var at = f; at < rows.Features.Length; at += width)
                    rows.Features[at] = (float)((rows.Features[at] - mean) / (deviation > 0 ? deviation : 1));
            }
        }

        return new TrainingSplit(training, validation, training.Labels.Concat(validation.Labels).Max() + 1);

        LabelledRows Rows(string part)
        {
            var (values, count) = Npy.Read(folder, $"notes_{part}_data");
            int[] labels = [.. Npy.Read(folder, $"notes_{part}_labels").Values.Select(label => (int)label)];
            return new LabelledRows([.. values.Select(value => (float)value)], values.Length / count, labels);
        }
    }

    private (LabelledRows Rows, int Classes, NetworkWeights Start, int BatchSize, int[][] Orders)? Recorded()
    {
        if (options.Reference is not { } folder) return null;
        var rows = new LabelledRows(Npy.Floats(folder, "x"), 120, [.. Npy.Read(folder, "y").Values.Select(y => (int)y)]);
        var start = new NetworkWeights(
        [
            new(120, 24, Npy.Floats(folder, "init_w1"), Npy.Floats(folder, "init_b1")),
            new(24, 10, Npy.Floats(folder, "init_w2"), Npy.Floats(folder, "init_b2")),
        ]);
        return (rows, 10, start, 128, [.. Npy.Read(folder, "order").Values.Select(row => (int)row).Chunk(rows.Rows)]);
    }

    private (LabelledRows Rows, int Classes, NetworkWeights Start, int BatchSize, int[][] Orders) Generated()
    {
        var (features, hidden, classes) = options.Simulated ? (17, 9, 3) : (120, 256, 10);
        var rows = TrainingCases.Rows(options.Simulated ? 33 : 700, features, classes);
        var order = new RowOrder(rows.Rows, 1);
        var orders = new int[options.Simulated ? 1 : 4][];
        for (var epoch = 0; epoch < orders.Length; epoch++)
        {
            order.Shuffle();
            orders[epoch] = order.Rows.ToArray();
        }

        return (rows, classes, InitialWeights.Create(new(features, [hidden], classes), seed: 1), options.Simulated ? 32 : 128, orders);
    }
}
