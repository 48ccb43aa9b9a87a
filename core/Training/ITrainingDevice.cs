using MusicPipeline.Datasets;

namespace MusicPipeline.Training;

/// <summary>Something that runs the network, its gradients and Adam: the CPU here, a GPU elsewhere.</summary>
public interface ITrainingDevice
{
    /// <summary>Short name: <c>cpu</c> or <c>cuda</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Trains one network on one core. The same arguments give the same bits on the same machine.
    /// </summary>
    /// <param name="split">Standardized rows to train and to validate on.</param>
    /// <param name="parameters">The trial's hyper-parameters.</param>
    /// <param name="onEpoch">Called after each epoch with the epochs done and the epoch's figures, on the training thread.</param>
    /// <param name="cancellationToken">Read before every batch.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    TrainingResult Train(
        TrainingSplit split,
        HyperParameters parameters,
        Action<int, EpochMetrics>? onEpoch = null,
        CancellationToken cancellationToken = default);
}
