using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Results;

/// <summary>A study with its trials, and what they differ in.</summary>
internal sealed class StudyTrials
{
    private const int MostInLabel = 3;
    private const int ShortId = 7;

    private readonly Dictionary<HyperParameters, RepeatedPoint> _repeats;

    private StudyTrials(SweepResults sweep, Study study)
    {
        var finished = sweep.Trials.ToDictionary(t => t.Record.Trial.Id);
        var failed = sweep.Failures.ToDictionary(f => f.Trial.Id);
        Sweep = sweep;
        Study = study;
        Finished = [.. study.TrialIds.Where(finished.ContainsKey).Select(id => finished[id])];
        Failed = [.. study.TrialIds.Where(failed.ContainsKey).Select(id => failed[id])];
        var all = Finished.Select(t => t.Record.Trial.Parameters).Concat(Failed.Select(f => f.Trial.Parameters)).ToArray();
        Parameters = all.Length > 0 ? all[0] : new HyperParameters(0, 0, 0);
        Axes = ParameterText.Varying(all);
        Points = [.. Axes.Where(axis => axis != HyperParameter.Seed)];
        IsGrid = Points.Aggregate(1.0, (product, axis) => product * all.Select(axis.Get).Distinct().Count())
            <= all.Select(parameters => parameters with { Seed = 0 }).Distinct().Count();
        var points = RepeatedPoint.Of(Finished, sweep.Objective);
        Repeats = points.Any(point => point.Trials.Count > 1) ? points : [];
        _repeats = Repeats.ToDictionary(point => PointRank.KeyOf(point.Parameters));
        Representatives = Repeats.Count == 0 ? Finished : [.. points.Select(point => point.Middle)];
        Best = Winner.Of(Finished, sweep.Objective);
        BestRepresentative = Best is { } best && _repeats.TryGetValue(PointRank.KeyOf(best.Trial.Parameters), out var repeats)
            ? repeats.Middle.Record
            : Best;
    }

    /// <summary>The sweep that it is a part of.</summary>
    public SweepResults Sweep { get; }

    /// <summary>What it is a view of.</summary>
    public Study Study { get; }

    /// <summary>Its name, such as <c>learning-rate</c>.</summary>
    public string Name => Study.Name;

    /// <summary>Its name as a heading, such as <c>Learning rate</c>.</summary>
    public string Title => ReportText.Heading(Name);

    /// <summary>Trials with a result, in the order of the study.</summary>
    public IReadOnlyList<FinishedTrial> Finished { get; }

    /// <summary>Trials without a result.</summary>
    public IReadOnlyList<FailedTrial> Failed { get; }

    /// <summary>The first trial's hyper-parameters, which hold for all where nothing varies.</summary>
    public HyperParameters Parameters { get; }

    /// <summary>What varies, in the order of columns.</summary>
    public IReadOnlyList<HyperParameter> Axes { get; }

    /// <summary>The same without the seed, which tells repeats of one point from each other.</summary>
    public IReadOnlyList<HyperParameter> Points { get; }

    /// <summary>Its points, where some were trained with several seeds; empty where none was.</summary>
    public IReadOnlyList<RepeatedPoint> Repeats { get; }

    /// <summary>A trial for each point: of repeats the one of median score.</summary>
    public IReadOnlyList<FinishedTrial> Representatives { get; }

    /// <summary>What is the same in all trials.</summary>
    public IEnumerable<HyperParameter> Constants => HyperParameter.Columns.Except(Axes);

    /// <summary>By what its trials are compared.</summary>
    public Objective Objective => Sweep.Objective;

    /// <summary>Whether a trial is compared with others: it completed, and has the objective's figure.</summary>
    public bool IsRanked(FinishedTrial trial) => PointRank.IsComplete(trial.Record, Objective);

    public bool RateVaries => Axes.Contains(HyperParameter.LearningRate);

    public bool UnitsVary => Axes.Contains(HyperParameter.HiddenUnits);

    /// <summary>Something besides learning rate and hidden units differs between trials.</summary>
    public bool OthersVary => Points.Any(axis => axis != HyperParameter.LearningRate && axis != HyperParameter.HiddenUnits);

    /// <summary>
    /// Whether every value was combined with every other one, so that a value can be judged over all of the others; points
    /// that were drawn one by one are no grid.
    /// </summary>
    public bool IsGrid { get; }

    /// <summary>The best of its completed trials by the rule of the sweep, or null.</summary>
    public TrialRecord? Best { get; }

    /// <summary>The trial that stands for the best point where points are compared.</summary>
    public TrialRecord? BestRepresentative { get; }

    /// <summary>The repeats that a trial is one of; null where nothing was repeated.</summary>
    public RepeatedPoint? RepeatsOf(FinishedTrial trial) =>
        _repeats.GetValueOrDefault(PointRank.KeyOf(trial.Record.Trial.Parameters));

    public static IReadOnlyList<StudyTrials> Of(SweepResults sweep) => [.. sweep.Studies.Select(s => new StudyTrials(sweep, s))];

    /// <summary>
    /// What tells a trial from the others of the study: <c>0.001</c> or <c>0.001 / fold 2</c>, and the beginning of its id
    /// where more differs than a label can hold.
    /// </summary>
    public string Label(FinishedTrial trial) => IsWide
        ? trial.Record.Trial.Id[..Math.Min(ShortId, trial.Record.Trial.Id.Length)]
        : string.Join(" / ", Axes.Select(axis => axis.ShortText(trial.Record.Trial.Parameters)).Concat(FoldOf(trial)));

    /// <summary>What <see cref="Label"/> holds: <c>Learning rate / hidden units</c>.</summary>
    public string LabelHeading => IsWide ? "Trial" : ReportText.Sentence(string.Join(" / ", Differences));

    /// <summary>The same in a sentence: <c>learning rate and hidden units</c>.</summary>
    public string Varying => IsWide ? "trial" : ReportText.List([.. Differences]);

    /// <summary>The fold that a trial was validated on, as <c>fold 2</c>; nothing without folds.</summary>
    public static IEnumerable<string> FoldOf(FinishedTrial trial) => trial.Record.Trial.Validation.Fold is { } fold ? [$"fold {fold}"] : [];

    private IEnumerable<string> Differences =>
    [
        .. Axes.Select(axis => axis.Words), .. Sweep.Validation.Folds is null ? [] : (string[])["fold"],
    ];

    private bool IsWide => Differences.Count() > MostInLabel;
}
