using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>
/// A training activity that plays recorded curves, with the product's own account of where a trial was paused. It keeps
/// how far each trial got, as storage does, so it may be asked again for what it has done.
/// </summary>
internal sealed class RecordedTrainings(SweepPlan plan)
{
    private static readonly Dictionary<(double, int), double[]> Curves =
        RecordedCurve.All.ToDictionary(curve => (curve.LearningRate, curve.HiddenUnits), curve => curve.Accuracy);

    private readonly int[] _done = new int[plan.Trials.Count];

    /// <summary>The grid of the recorded trials.</summary>
    public static SweepRequest Request { get; } = new()
    {
        Dataset = "notes",
        LearningRates = [.. RecordedCurve.All.Select(curve => curve.LearningRate).Distinct()],
        HiddenUnits = [.. RecordedCurve.All.Select(curve => curve.HiddenUnits).Distinct()],
        Epochs = RecordedCurve.All[0].Accuracy.Length,
    };

    /// <summary>Epochs that each trial has on record, by its position in the plan.</summary>
    public IReadOnlyList<int> Done => _done;

    /// <summary>Epochs trained in all.</summary>
    public int Epochs => _done.Sum();

    /// <summary>Positions of the trials that were put on record as finished, in their order.</summary>
    public List<int> Recorded { get; } = [];

    /// <summary>Last validation accuracy that a trial has at its end.</summary>
    public double Final(int trial) => CurveOf(trial)[^1];

    /// <summary>Trains a pack.</summary>
    public TrialOutcome[] Train(
        TrialPack pack) => [.. pack.Indices.Select((index, position) => Train(pack, index, pack.Stops![position].Until))];

    private TrialOutcome Train(TrialPack pack, int index, int until)
    {
        var stretch = pack.StretchOf(index, plan.Trials[index])!;
        var (before, all) = (_done[index], CurveOf(index).Length);
        if (before == all) return stretch.Ended(Completed(index, reused: true), History(index), epochs: 0);
        if (before > 0 && stretch.Paused(index, Paused(index), reused: true, epochs: 0) is { } known) return known;
        _done[index] = Math.Min(until, all);
        var trained = _done[index] - before;
        if (_done[index] < all) return stretch.Paused(index, Paused(index), reused: false, trained)!;
        Recorded.Add(index);
        return stretch.Ended(Completed(index, reused: false), History(index), trained);
    }

    private TrialOutcome Completed(int index, bool reused) => new(index, TrialState.Completed, reused, Final(index));

    private PausedTrial Paused(int index) => new(
        new TrialRecord(
            plan.Trials[index],
            TrainingOutcome.Stopped,
            _done[index],
            new EpochMetrics(1, 0, 1, CurveOf(index)[_done[index] - 1]),
            1,
            0,
            1,
            0,
            "recorded",
            "1"),
        History(index));

    private TrainingHistory History(int index) =>
        TrainingHistory.From([.. CurveOf(index).Take(_done[index]).Select(accuracy => new EpochMetrics(1, 0, 1, accuracy))]);

    private double[] CurveOf(int index) => Curves[(plan.Trials[index].Parameters.LearningRate, plan.Trials[index].Parameters.HiddenUnits)];
}
