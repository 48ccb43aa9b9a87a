namespace MusicPipeline.Training.Cpu;

/// <summary>Size of a training task, for measuring.</summary>
/// <param name="TrainingRows">Rows to train on.</param>
/// <param name="ValidationRows">Rows to validate on.</param>
/// <param name="Features">Features a row.</param>
/// <param name="Classes">Classes.</param>
/// <param name="BatchSize">Rows a step.</param>
public sealed record TrainingShape(int TrainingRows, int ValidationRows, int Features, int Classes, int BatchSize)
{
    /// <summary>The lab's: 66,247 x 120 to train, 14,904 to validate, 10 classes, batches of 128.</summary>
    public static TrainingShape Lab { get; } = new(66_247, 14_904, 120, 10, 128);

    /// <summary>
    /// Floating-point operations of the matrix products of an epoch of training: 4NDH + 6NHC with N rows, D features,
    /// H hidden units and C classes.
    /// </summary>
    public double TrainingOperations(int hiddenUnits) =>
        ((4.0 * Features) + (6.0 * Classes)) * TrainingRows * hiddenUnits;

    /// <summary>The same for scoring the validation rows: 2NDH + 2NHC.</summary>
    public double ValidationOperations(int hiddenUnits) =>
        2.0 * (Features + Classes) * ValidationRows * hiddenUnits;
}
