using MusicPipeline.Data;
using MusicPipeline.Training;

namespace MusicPipeline.GpuCheck;

/// <summary>Trials on one data set, to be trained as a pack.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Trials">The trials.</param>
/// <param name="TargetSeconds">What to reach on a GPU of the H200's class.</param>
internal sealed record Workload(string Name, HyperParameters[] Trials, double TargetSeconds)
{
    private static readonly int[] HiddenSizes = [4, 8, 16, 32, 64, 128, 256, 512, 1024];

    /// <summary>The lab: 14 trials, 450 epochs.</summary>
    public static Workload Lab { get; } = new(
        "lab",
        [
            new HyperParameters(0.001, 256, 10),
            .. ((double[])[0.1, 0.01, 0.001, 0.0001]).Select(rate => new HyperParameters(rate, 256, 20)),
            .. HiddenSizes.Select(units => new HyperParameters(0.001, units, 40)),
        ],
        TargetSeconds: 2);

    /// <summary>256 trials of 256 units, 20 epochs, each with a seed of its own.</summary>
    public static Workload Many { get; } = new(
        "256 trials",
        [.. Enumerable.Range(1, 256).Select(seed => new HyperParameters(0.001, 256, 20, Seed: seed))],
        TargetSeconds: 10);

    /// <summary>A pack for the simulated device.</summary>
    public static Workload Tiny { get; } = new("tiny", [new HyperParameters(0.001, 5, 1, 32), new HyperParameters(0.01, 70, 1, 32)], 60);

    /// <summary>Epochs of all trials together.</summary>
    public int Epochs => Trials.Sum(trial => trial.Epochs);

    /// <summary>
    /// Multiplications and additions of the networks: forward and backward over the training rows, and forward over the
    /// validation rows. Activations and Adam are left out.
    /// </summary>
    public double Operations(TrainingSplit split)
    {
        double inputs = split.Training.FeatureCount + 1;
        return Trials.Sum(trial => trial.Epochs * 2.0 * trial.HiddenUnits * (
            (split.Training.Rows * ((2 * inputs) + (3 * split.Classes)))
            + (split.Validation.Rows * (inputs + split.Classes))));
    }

    /// <summary>
    /// Bytes that pass if no cache kept anything between steps: each step reads and writes the weights and both moments of
    /// every trial, and reads its rows once for all trials with the same seed.
    /// </summary>
    public double Bytes(TrainingSplit split)
    {
        double features = split.Training.FeatureCount;
        var parameters = Trials.Sum(trial =>
            trial.Epochs * Math.Ceiling(split.Training.Rows / (double)trial.BatchSize)
            * 24 * ((trial.HiddenUnits * (features + 1 + split.Classes)) + split.Classes));
        var rows = Trials.GroupBy(trial => trial.Seed).Sum(group => group.Max(trial => trial.Epochs)) * 4 * features * split.Training.Rows;
        var validation = Trials.Max(trial => trial.Epochs) * 4 * features * split.Validation.Rows;
        return parameters + rows + validation;
    }
}
