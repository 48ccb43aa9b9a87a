using MusicPipeline.Data;

namespace MusicPipeline.Training;

/// <summary>What a device holds of a run: the weights and what its optimizer knows.</summary>
internal interface INetworkState
{
    /// <summary>A copy of the weights as they are now.</summary>
    NetworkWeights ToWeights();

    /// <summary>A copy of the optimizer's state as it is now.</summary>
    OptimizerState ToState();
}

/// <summary>The optimizer's memory: Adam's moments in the shape of the weights, and the powers of its decays.</summary>
/// <param name="Means">Running means of the gradients, or the momentum's velocities.</param>
/// <param name="Variances">Running means of the squared gradients.</param>
/// <param name="Beta1Power">The first decay to the power of the steps done.</param>
/// <param name="Beta2Power">The second decay to the power of the steps done.</param>
internal sealed record OptimizerState(NetworkWeights Means, NetworkWeights Variances, double Beta1Power, double Beta2Power);

/// <summary>
/// The course of one run, the same on every device: epochs and their rates, whom they are told, when the run ends, its
/// checkpoints and the best weights so far. A device takes the steps between two calls of <see cref="EndEpoch"/>.
/// </summary>
internal sealed class TrainingSession
{
    private readonly TrainingSplit _split;
    private readonly HyperParameters _parameters;
    private readonly TrainingRun _run;
    private readonly string _arithmetic;
    private readonly INetworkState _network;
    private readonly List<EpochMetrics> _epochs;
    private int _bestEpoch;
    private NetworkWeights? _bestWeights;

    /// <param name="split">The rows.</param>
    /// <param name="parameters">The hyper-parameters.</param>
    /// <param name="run">Where it starts and whom it tells.</param>
    /// <param name="arithmetic">The device and what its bits depend on.</param>
    /// <param name="network">The network on the device, as the run starts.</param>
    public TrainingSession(TrainingSplit split, HyperParameters parameters, TrainingRun run, string arithmetic, INetworkState network)
    {
        (_split, _parameters, _run, _arithmetic, _network) = (split, parameters, run, arithmetic, network);
        _epochs = [.. run.From?.Epochs ?? []];
        (_bestEpoch, _bestWeights) = (run.From?.BestEpoch ?? 0, run.From?.BestWeights);
        Validation = new ClassHits(split.Validation, split.Classes);
    }

    /// <summary>How it ended, once it has.</summary>
    public TrainingResult? Result { get; private set; }

    /// <summary>Whether an epoch follows the next one, unless the run is stopped before.</summary>
    public bool HasMore => Result is null && _epochs.Count + 1 < _parameters.Epochs;

    /// <summary>Epochs done.</summary>
    public int EpochsDone => _epochs.Count;

    /// <summary>The learning rate of the next epoch.</summary>
    public double LearningRate => LearningRates.Of(_parameters, _epochs.Count);

    /// <summary>Counts the validation rows of the next epoch; empty when it starts.</summary>
    public ClassHits Validation { get; }

    /// <summary>The weights that a run starts with.</summary>
    public static NetworkWeights Start(TrainingSplit split, HyperParameters parameters, TrainingRun run) =>
        run.From?.Weights ?? InitialWeights.Create(NetworkShape.Of(split, parameters), parameters.Seed);

    /// <summary>
    /// Whether a checkpoint is one of a run in an arithmetic. A run at a constant rate may go on for more epochs than it was
    /// started with; other schedules put other rates on the epochs done.
    /// </summary>
    public static bool CanResume(TrainingCheckpoint checkpoint, TrainingSplit split, HyperParameters parameters, string arithmetic) =>
        checkpoint.Arithmetic == arithmetic
        && checkpoint.Parameters with { Epochs = parameters.Epochs } == parameters
        && (checkpoint.Parameters.Epochs == parameters.Epochs || parameters.Schedule == LearningRateSchedule.Constant)
        && checkpoint.TrainingRows == split.Training.Rows
        && checkpoint.Epochs.Count < parameters.Epochs
        && checkpoint.Weights.Features == split.Training.FeatureCount
        && checkpoint.Weights.Classes == split.Classes;

    /// <summary>Takes the scores of an epoch, in training and then in validation, and tells whom they concern.</summary>
    public void EndEpoch(BatchScore training, BatchScore validation)
    {
        if (!double.IsFinite(training.LossSum) || !double.IsFinite(validation.LossSum))
        {
            Result = End(TrainingOutcome.Diverged, keep: false);
            return;
        }

        var metrics = new EpochMetrics(
            training.LossSum / _split.Training.Rows,
            (double)training.Correct / _split.Training.Rows,
            validation.LossSum / _split.Validation.Rows,
            (double)validation.Correct / _split.Validation.Rows)
        {
            ValidationBalancedAccuracy = Validation.BalancedAccuracy,
            ValidationMacroF1 = Validation.MacroF1,
        };
        Validation.Clear();
        _epochs.Add(metrics);
        KeepBest(metrics);
        _run.OnEpoch?.Invoke(_epochs.Count, metrics);
        if (_epochs.Count >= _parameters.Epochs)
            Result = End(TrainingOutcome.Completed, _run.KeepCheckpoint);
        else if (_run.Continue?.Invoke(_epochs.Count, metrics) == false)
            Result = End(TrainingOutcome.Stopped, keep: true);
        else
            _run.OnCheckpoint?.Invoke(Checkpoint);
    }

    // The first of equals stays.
    private void KeepBest(EpochMetrics metrics)
    {
        if (_parameters.RestoreBest is not { } objective) return;
        var best = _bestEpoch == 0 ? null : _epochs[_bestEpoch - 1].Of(objective);
        if (objective.IsBetter(metrics.Of(objective), best)) (_bestEpoch, _bestWeights) = (_epochs.Count, _network.ToWeights());
    }

    private TrainingResult End(TrainingOutcome outcome, bool keep)
    {
        var checkpoint = keep ? Checkpoint() : null;
        var weights = _bestWeights ?? checkpoint?.Weights ?? _network.ToWeights();
        return new TrainingResult(outcome, weights, TrainingHistory.From(_epochs))
        {
            Checkpoint = checkpoint,
            BestEpoch = _bestEpoch > 0 ? _bestEpoch : null,
        };
    }

    private TrainingCheckpoint Checkpoint()
    {
        var (means, variances, beta1Power, beta2Power) = _network.ToState();
        return new TrainingCheckpoint(
            _arithmetic,
            _parameters,
            _split.Training.Rows,
            [.. _epochs],
            _network.ToWeights(),
            means,
            variances,
            beta1Power,
            beta2Power)
        {
            BestEpoch = _bestEpoch,
            BestWeights = _bestWeights,
        };
    }
}
