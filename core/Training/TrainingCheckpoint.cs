namespace MusicPipeline.Training;

/// <summary>
/// A training run after a whole number of epochs: everything that it takes to go on and end in the same bits. The order
/// of the rows follows from the seed and the epochs done, so it is drawn again rather than kept.
/// </summary>
/// <param name="Arithmetic">The device and what its bits depend on; another one starts over.</param>
/// <param name="Parameters">The trial's hyper-parameters.</param>
/// <param name="TrainingRows">Rows that are trained on.</param>
/// <param name="Epochs">Figures of the epochs done.</param>
/// <param name="Weights">The weights.</param>
/// <param name="Means">Adam's running means of the gradients, or the momentum's velocities, one for each weight.</param>
/// <param name="Variances">Adam's running means of the squared gradients, one for each weight.</param>
/// <param name="Beta1Power">Adam's first decay to the power of the steps done.</param>
/// <param name="Beta2Power">Adam's second decay to the power of the steps done.</param>
public sealed record TrainingCheckpoint(
    string Arithmetic,
    HyperParameters Parameters,
    int TrainingRows,
    IReadOnlyList<EpochMetrics> Epochs,
    NetworkWeights Weights,
    NetworkWeights Means,
    NetworkWeights Variances,
    double Beta1Power,
    double Beta2Power)
{
    /// <summary>The best epoch so far, from 1 on; 0 where none is kept.</summary>
    public int BestEpoch { get; init; }

    /// <summary>The best epoch's weights; null where none are kept.</summary>
    public NetworkWeights? BestWeights { get; init; }
}
