using MusicPipeline.Reports.Statistics;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Results;

/// <summary>Trials that differ in their seed or fold alone, and what they come to together.</summary>
internal sealed class RepeatedPoint
{
    private readonly Objective _objective;

    private RepeatedPoint(FinishedTrial[] trials, Objective objective)
    {
        _objective = objective;
        // By their scores, so that the one in the middle stands for all.
        Trials =
        [
            .. trials.OrderBy(IsComplete)
                .ThenBy(trial => trial.Record.Last is { } last ? objective.Score(last) : double.NegativeInfinity),
        ];
        Completed = [.. Trials.Where(IsComplete)];
        Accuracy = SampleMean.Of([.. Completed.Select(trial => trial.Record.Last!.ValidationAccuracy)]);
        Loss = SampleMean.Of([.. Completed.Select(trial => trial.Record.Last!.ValidationLoss)]);
    }

    /// <summary>All of them, those that did not complete first.</summary>
    public IReadOnlyList<FinishedTrial> Trials { get; }

    /// <summary>Those that completed, by ascending score.</summary>
    public IReadOnlyList<FinishedTrial> Completed { get; }

    /// <summary>What is the same in all of them, and the first one's seed.</summary>
    public HyperParameters Parameters => Trials[0].Record.Trial.Parameters;

    /// <summary>What tells its trials apart: <c>seeds</c>, <c>folds</c> or <c>seeds and folds</c>.</summary>
    public string Kind => (Varies(trial => trial.Parameters.Seed), Varies(trial => trial.Validation)) switch
    {
        (true, true) => "seeds and folds",
        (false, true) => "folds",
        _ => "seeds",
    };

    /// <summary>The last validation accuracy of those that completed.</summary>
    public SampleMean Accuracy { get; }

    /// <summary>The last validation loss of those that completed.</summary>
    public SampleMean Loss { get; }

    /// <summary>The trial of the median score, which stands for all where one is asked for.</summary>
    public FinishedTrial Middle => Completed.Count > 0 ? Completed[Completed.Count / 2] : Trials[^1];

    /// <summary>The points as <see cref="Winner"/> ranks them, the best first.</summary>
    public static IReadOnlyList<RepeatedPoint> Ranked(IEnumerable<RepeatedPoint> points) =>
        [.. points.OrderBy(point => PointRank.Of([.. point.Trials.Select(trial => trial.Record)], point._objective), PointRank.BestFirst)];

    /// <summary>Points in the order of their first trials.</summary>
    public static IReadOnlyList<RepeatedPoint> Of(IEnumerable<FinishedTrial> trials, Objective objective) =>
    [
        .. trials.GroupBy(trial => PointRank.KeyOf(trial.Record.Trial.Parameters))
            .Select(group => new RepeatedPoint([.. group], objective)),
    ];

    private bool Varies<T>(Func<Trial, T> what) => Trials.DistinctBy(trial => what(trial.Record.Trial)).Skip(1).Any();

    private bool IsComplete(FinishedTrial trial) => PointRank.IsComplete(trial.Record, _objective);
}
