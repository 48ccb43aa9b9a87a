using MusicPipeline.Data;

namespace MusicPipeline.Training.Cuda;

/// <summary>One trial of a pack while it is trained.</summary>
internal sealed class PackTrial : INetworkState
{
    private readonly IPackEngine _engine;
    private readonly NetworkWeights _initial;
    private readonly HyperParameters _parameters;
    private readonly int[] _labels;
    private readonly int _number;
    private Adam _adam;

    public PackTrial(IPackEngine engine, TrainingSplit split, int number, PackMember member, string arithmetic)
    {
        (_engine, _number, _parameters, _labels) = (engine, number, member.Parameters, split.Validation.Labels);
        _initial = TrainingSession.Start(split, _parameters, member.Run);
        _adam = new Adam(_parameters.LearningRate);
        engine.Networks.Load(number, _initial);
        Session = new TrainingSession(split, _parameters, member.Run, arithmetic, this);
        if (member.Run.From is not { } from) return;
        engine.Networks.LoadMoments(number, from.Means, from.Variances);
        (_adam.Beta1Power, _adam.Beta2Power) = (from.Beta1Power, from.Beta2Power);
    }

    /// <summary>The course of its run.</summary>
    public TrainingSession Session { get; }

    /// <summary>Takes the scores of an epoch.</summary>
    /// <param name="training">In training.</param>
    /// <param name="validation">In validation.</param>
    /// <param name="winners">The class of each validation row.</param>
    public void EndEpoch(BatchScore training, BatchScore validation, ReadOnlySpan<int> winners)
    {
        // Where the loss is no number, the winners may be no classes.
        for (var row = 0; row < _labels.Length && double.IsFinite(validation.LossSum); row++)
            Session.Validation.Add(_labels[row], winners[row]);
        Session.EndEpoch(training, validation);
    }

    /// <summary>Writes the step sizes of the next epoch and returns what weight decay takes off with each step.</summary>
    public float BeginEpoch(Span<float> steps)
    {
        _adam.LearningRate = Session.LearningRate;
        foreach (ref var step in steps)
            step = _parameters.Optimizer == Optimizer.Adam ? _adam.NextStep() : (float)_adam.LearningRate;
        return (float)(_adam.LearningRate * _parameters.WeightDecay);
    }

    /// <inheritdoc/>
    public NetworkWeights ToWeights() => _engine.Networks.Copy(_number, _initial);

    /// <inheritdoc/>
    public OptimizerState ToState()
    {
        var (means, variances) = _engine.Networks.CopyMoments(_number, _initial);
        return new OptimizerState(means, variances, _adam.Beta1Power, _adam.Beta2Power);
    }
}
