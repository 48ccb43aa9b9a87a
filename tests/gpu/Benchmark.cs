using System.Diagnostics;
using ILGPU.Runtime.Cuda;
using MusicPipeline.Data;
using MusicPipeline.Tests.Training;
using MusicPipeline.Training;
using MusicPipeline.Training.Cuda;

namespace MusicPipeline.GpuCheck;

/// <summary>Measures whole sweeps on the device, after one epoch of each to warm up.</summary>
internal sealed class Benchmark(Options options, Gpu gpu)
{
    private const int Runs = 3;

    // Lanes of a multiprocessor: 64 for float32 on the architectures 6.0, 7.x and 8.0, and 128 on all others.
    private const int FewLanes = 64;
    private const int ManyLanes = 128;

    // The lab's shapes, with made-up rows: what is in them does not change what a step costs.
    private readonly TrainingSplit _split = options.Simulated
        ? TrainingCases.Split(65, 17, 3)
        : new TrainingSplit(TrainingCases.Rows(66_247, 120, 10), TrainingCases.Rows(14_904, 120, 10, seed: 2), 10);

    /// <summary>Every workload in turn.</summary>
    public IEnumerable<Measurement> Measure()
    {
        var (operationsPerSecond, bytesPerSecond) = Peaks();
        var (device, reason) = gpu.Open();
        using var owned = device ?? throw new InvalidOperationException(reason);
        Workload[] workloads = options.Simulated ? [Workload.Tiny] : [Workload.Lab, Workload.Many];
        foreach (var workload in workloads)
        {
            Run(device, [.. workload.Trials.Select(trial => trial with { Epochs = 1 })]);
            var seconds = Enumerable.Range(0, options.Simulated ? 1 : Runs).Select(_ => Run(device, workload.Trials)).ToArray();
            yield return new Measurement(
                workload.Name,
                workload.Trials.Length,
                workload.Epochs,
                seconds.Order().ElementAt(seconds.Length / 2),
                seconds,
                workload.TargetSeconds,
                workload.Operations(_split) / operationsPerSecond,
                workload.Bytes(_split) / bytesPerSecond);
        }
    }

    private double Run(CudaTrainingDevice device, HyperParameters[] trials)
    {
        var clock = Stopwatch.StartNew();
        var ended = 0;
        device.TrainPack(_split, [.. trials.Select(trial => new PackMember(trial, new TrainingRun()))], (_, _) => ended++);
        if (ended != trials.Length) throw new InvalidOperationException($"{ended} of {trials.Length} trials ended.");
        return clock.Elapsed.TotalSeconds;
    }

    // From the clocks that the driver names; the simulated device has none, and its floors mean nothing.
    private (double OperationsPerSecond, double BytesPerSecond) Peaks()
    {
        var (context, accelerator) = gpu.CreateAccelerator();
        using var ownedContext = context;
        using var ownedAccelerator = accelerator;
        if (accelerator is not CudaAccelerator cuda) return (1e9, 1e9);
        var architecture = cuda.Architecture;
        var few = architecture.Major == 7 || (architecture.Major is 6 or 8 && architecture.Minor == 0);
        var lanes = few ? FewLanes : ManyLanes;
        return (
            2.0 * lanes * cuda.NumMultiprocessors * cuda.ClockRate * 1e6,
            2.0 * (cuda.MemoryBusWidth / 8.0) * cuda.MemoryClockRate * 1e6);
    }
}
