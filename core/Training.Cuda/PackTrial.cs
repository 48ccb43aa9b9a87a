using MusicPipeline.Data;

namespace MusicPipeline.Training.Cuda;

/// <summary>
/// One place of a pack while it is trained: a trial, and after it those that go on from its end, each from that of the one before.
/// </summary>
internal sealed class PackTrial : INetworkState
{
    private readonly IPackEngine _engine;
    private readonly NetworkWeights _initial;
    private readonly HyperParameters _parameters;
    private readonly int[] _labels;
    private readonly int _number;
    private readonly Func<PackMember, TrainingResult?, TrainingSession> _begin;
    private readonly Queue<PackMember> _next;
    private Adam _adam;

    /// <param name="engine">The pack on the device.</param>
    /// <param name="split">The rows.</param>
    /// <param name="number">Its place in the pack.</param>
    /// <param name="members">The trial, and those that go on from it, the shortest first.</param>
    /// <param name="arithmetic">What the bits of a result depend on.</param>
    public PackTrial(IPackEngine engine, TrainingSplit split, int number, IReadOnlyList<PackMember> members, string arithmetic)
    {
        var first = members[0];
        (_engine, _number, _parameters, _labels) = (engine, number, first.Parameters, split.Validation.Labels);
        _initial = TrainingSession.Start(split, _parameters, first.Run);
        _adam = new Adam(_parameters.LearningRate);
        _next = new Queue<PackMember>(members.Skip(1));
        _begin = (member, before) =>
            new TrainingSession(split, member.Parameters, member.RunFrom(before, _next.Count > 0), arithmetic, this);
        engine.Networks.Load(number, _initial);
        Session = _begin(first, null);
        if (first.Run.From is not { } from) return;
        engine.Networks.LoadMoments(number, from.Means, from.Variances);
        (_adam.Beta1Power, _adam.Beta2Power) = (from.Beta1Power, from.Beta2Power);
    }

    /// <summary>The course of the trial that is trained.</summary>
    public TrainingSession Session { get; private set; }

    /// <summary>Whether an epoch follows the next one, unless the trial is stopped before.</summary>
    public bool HasMore => Session.HasMore || (Session.Result is null && _next.Count > 0);

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

    /// <summary>
    /// Begins the next trial where the last one has completed; one after another that has diverged has its result at once.
    /// </summary>
    /// <returns>Whether there is one that has not ended by that.</returns>
    public bool Next()
    {
        if (Session.Result is not { Outcome: not TrainingOutcome.Stopped } end || !_next.TryDequeue(out var member)) return false;
        if (end.Outcome == TrainingOutcome.Completed) Session = _begin(member, end);
        return true;
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
