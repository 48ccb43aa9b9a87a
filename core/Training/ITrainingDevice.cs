using MusicPipeline.Data;

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

    /// <summary>
    /// Trains as the other overload does, from a checkpoint where one is given: the result has the same bits as that of
    /// a run without interruption. A device that knows no checkpoints starts over and offers none.
    /// </summary>
    /// <param name="split">Standardized rows to train and to validate on.</param>
    /// <param name="parameters">The trial's hyper-parameters.</param>
    /// <param name="run">Where to start and whom to tell.</param>
    /// <param name="cancellationToken">Read before every batch.</param>
    /// <exception cref="ArgumentException">The checkpoint is none of this run; see <see cref="CanResume"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    TrainingResult Train(
        TrainingSplit split, HyperParameters parameters, TrainingRun run, CancellationToken cancellationToken = default) =>
        Train(split, parameters, run.OnEpoch, cancellationToken);

    /// <summary>Whether a checkpoint is one of this run, taken in this device's arithmetic.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="split">The rows of the run.</param>
    /// <param name="parameters">The hyper-parameters of the run.</param>
    bool CanResume(TrainingCheckpoint checkpoint, TrainingSplit split, HyperParameters parameters) => false;

    /// <summary>Whether it has failed for good, so that it has to be opened anew.</summary>
    bool HasFailed => false;

    /// <summary>How much the device takes at once.</summary>
    DeviceCapacity Capacity => DeviceCapacity.OneTrial(Name);

    /// <summary>
    /// Trains several networks on one data set, side by side where the device can; each ends as it would alone, up to
    /// the rounding of sums. Trials that do not fit together are trained in several goes.
    /// </summary>
    /// <param name="split">Standardized rows to train and to validate on.</param>
    /// <param name="members">The trials.</param>
    /// <param name="onFinished">Called with a member's position and result as soon as it has ended, on the calling thread.</param>
    /// <param name="cancellationToken">Read before every batch; it ends all members that have not finished.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void TrainPack(
        TrainingSplit split,
        IReadOnlyList<PackMember> members,
        Action<int, TrainingResult> onFinished,
        CancellationToken cancellationToken = default)
    {
        TrainingArguments.Check(members);
        var ends = new Dictionary<int, TrainingResult>();
        for (var position = 0; position < members.Count; position++)
        {
            var member = members[position];
            var before = member.After is { } after ? ends.GetValueOrDefault(after) : null;
            if (member.After is not null && before is null or { Outcome: TrainingOutcome.Stopped }) continue;
            var hasNext = members.Any(next => next.After == position);
            var result = before is { Outcome: TrainingOutcome.Diverged }
                ? before
                : Train(split, member.Parameters, member.RunFrom(before, hasNext), cancellationToken);
            if (hasNext) ends[position] = result;
            onFinished(position, result);
        }
    }
}
