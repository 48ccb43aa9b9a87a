namespace MusicPipeline.Training.Cuda;

/// <summary>One trial of a pack while it is trained.</summary>
internal sealed class PackTrial
{
    private readonly PackEngine _engine;
    private readonly NetworkWeights _initial;
    private readonly int _number;
    private readonly int _trainingRows;
    private readonly string _arithmetic;
    private readonly List<EpochMetrics> _epochs;
    private Adam _adam;

    public PackTrial(PackEngine engine, PackLayout layout, int number, PackMember member, string arithmetic)
    {
        (_engine, _number, _trainingRows, _arithmetic) = (engine, number, layout.Rows, arithmetic);
        (Parameters, Run) = member;
        _initial = Run.From?.Weights ?? GlorotUniform.Create(
            layout.Shape.Features, Parameters.HiddenUnits, layout.Shape.Classes, Parameters.Seed, Parameters.Activation);
        _adam = new Adam(Parameters.LearningRate);
        _epochs = [.. Run.From?.Epochs ?? []];
        engine.Networks.Load(number, _initial);
        if (Run.From is not { } from) return;
        engine.Networks.LoadMoments(number, from.Means, from.Variances);
        (_adam.Beta1Power, _adam.Beta2Power) = (from.Beta1Power, from.Beta2Power);
    }

    public HyperParameters Parameters { get; }

    public TrainingRun Run { get; }

    /// <summary>How it ended, once it has.</summary>
    public TrainingResult? Result { get; private set; }

    /// <summary>Whether an epoch follows the next one, unless the trial is stopped before.</summary>
    public bool HasMore => Result is null && _epochs.Count + 1 < Parameters.Epochs;

    /// <summary>Writes the step sizes of the next epoch and returns what weight decay takes off with each step.</summary>
    public float BeginEpoch(Span<float> steps)
    {
        _adam.LearningRate = LearningRates.Of(Parameters, _epochs.Count);
        foreach (ref var step in steps) step = _adam.NextStep();
        return (float)(_adam.LearningRate * Parameters.WeightDecay);
    }

    /// <summary>Takes an epoch's figures, null where the loss was NaN or infinite, and tells whom it concerns.</summary>
    public void EndEpoch(EpochMetrics? metrics)
    {
        if (metrics is null)
        {
            Result = End(TrainingOutcome.Diverged, keep: false);
            return;
        }

        _epochs.Add(metrics);
        Run.OnEpoch?.Invoke(_epochs.Count, metrics);
        if (_epochs.Count >= Parameters.Epochs)
            Result = End(TrainingOutcome.Completed, Run.KeepCheckpoint);
        else if (Run.Continue?.Invoke(_epochs.Count, metrics) == false)
            Result = End(TrainingOutcome.Stopped, keep: true);
        else
            Run.OnCheckpoint?.Invoke(Checkpoint);
    }

    private TrainingResult End(TrainingOutcome outcome, bool keep)
    {
        var checkpoint = keep ? Checkpoint() : null;
        var weights = checkpoint?.Weights ?? _engine.Networks.Copy(_number, _initial);
        return new TrainingResult(outcome, weights, TrainingHistory.From(_epochs)) { Checkpoint = checkpoint };
    }

    private TrainingCheckpoint Checkpoint()
    {
        var (means, variances) = _engine.Networks.CopyMoments(_number, _initial);
        return new TrainingCheckpoint(
            _arithmetic,
            Parameters,
            _trainingRows,
            [.. _epochs],
            _engine.Networks.Copy(_number, _initial),
            means,
            variances,
            _adam.Beta1Power,
            _adam.Beta2Power);
    }
}
