using ILGPU.Runtime;
using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cuda;

namespace MusicPipeline.GpuCheck;

/// <summary>A run that is halted after every step to read its loss.</summary>
internal static class SteppedRun
{
    /// <summary>The mean loss of every step, before it, and the weights in the end.</summary>
    public static (double[] Losses, NetworkWeights Final) Train(
        Accelerator accelerator,
        KernelSet kernels,
        LabelledRows rows,
        int classes,
        NetworkWeights start,
        int batchSize,
        double learningRate,
        int[][] orders)
    {
        var split = new TrainingSplit(rows, rows, classes);
        using var data = new DeviceData(accelerator, split, long.MaxValue);
        var layout = new PackLayout(split, [new HyperParameters(learningRate, start.Layers[0].Units, orders.Length, batchSize)], [0]);
        using var engine = new PackEngine(accelerator, kernels, data, layout, long.MaxValue);
        engine.Networks.Load(0, start);
        var adam = new Adam(learningRate);
        var losses = new List<double>();
        foreach (var order in orders)
        {
            engine.BeginEpoch(order, [.. Enumerable.Range(0, layout.Batches).Select(_ => adam.NextStep())], [0], [0]);
            double before = 0;
            for (var batch = 0; batch < layout.Batches; batch++)
            {
                engine.Step(batch);
                var sum = engine.ReadSums()[0].Loss;
                losses.Add((sum - before) / layout.RowsOf(batch));
                before = sum;
            }
        }

        return ([.. losses], engine.Networks.Copy(0, start));
    }
}
