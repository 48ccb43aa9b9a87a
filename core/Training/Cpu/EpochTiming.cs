namespace MusicPipeline.Training.Cpu;

/// <summary>How long epochs of training took on one core, validation included.</summary>
/// <param name="HiddenUnits">Units of the hidden layer.</param>
/// <param name="MedianSeconds">Wall time of the median epoch.</param>
/// <param name="FastestSeconds">Wall time of the fastest epoch.</param>
/// <param name="Gflops">
/// Operations of training (<see cref="TrainingShape.TrainingOperations"/>) a second of the median epoch, in GFLOP/s.
/// The time includes validation, the operations do not.
/// </param>
/// <param name="GflopsWithValidation">The same with the operations of validation.</param>
/// <param name="PeakGflops">The core's peak, measured before and after; see <see cref="FmaPeak"/>.</param>
public sealed record EpochTiming(
    int HiddenUnits,
    double MedianSeconds,
    double FastestSeconds,
    double Gflops,
    double GflopsWithValidation,
    double PeakGflops)
{
    /// <summary>Share of the core's peak that the median epoch reached, training and validation together, 0 to 1.</summary>
    public double ShareOfPeak => GflopsWithValidation / PeakGflops;
}
