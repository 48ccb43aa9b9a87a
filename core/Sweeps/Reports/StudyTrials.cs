using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Reports;

/// <summary>A study with its trials, and what they differ in.</summary>
internal sealed class StudyTrials
{
    private StudyTrials(SweepResults sweep, Study study)
    {
        var finished = sweep.Trials.ToDictionary(t => t.Record.Trial.Id);
        var failed = sweep.Failures.ToDictionary(f => f.Trial.Id);
        Sweep = sweep;
        Name = study.Name;
        Finished = [.. study.TrialIds.Where(finished.ContainsKey).Select(id => finished[id])];
        Failed = [.. study.TrialIds.Where(failed.ContainsKey).Select(id => failed[id])];
        var all = Finished.Select(t => t.Record.Trial.Parameters).Concat(Failed.Select(f => f.Trial.Parameters)).ToArray();
        Parameters = all.Length > 0 ? all[0] : new HyperParameters(0, 0, 0);
        RateVaries = all.DistinctBy(p => p.LearningRate).Skip(1).Any();
        UnitsVary = all.DistinctBy(p => p.HiddenUnits).Skip(1).Any();
        EpochsVary = all.DistinctBy(p => p.Epochs).Skip(1).Any();
        OthersVary = all.DistinctBy(p => (p.BatchSize, p.Seed)).Skip(1).Any();
    }

    /// <summary>The sweep that it is a part of.</summary>
    public SweepResults Sweep { get; }

    /// <summary>Its name, such as <c>learning-rate</c>.</summary>
    public string Name { get; }

    /// <summary>Its name as a heading, such as <c>Learning rate</c>.</summary>
    public string Title => ReportText.Sentence(Name.Replace('-', ' '));

    /// <summary>Trials with a result, in the order of the study.</summary>
    public IReadOnlyList<FinishedTrial> Finished { get; }

    /// <summary>Trials without a result.</summary>
    public IReadOnlyList<FailedTrial> Failed { get; }

    /// <summary>The first trial's hyper-parameters, which hold for all where nothing varies.</summary>
    public HyperParameters Parameters { get; }

    public bool RateVaries { get; }

    public bool UnitsVary { get; }

    public bool EpochsVary { get; }

    /// <summary>Batch size or seed differ between trials.</summary>
    public bool OthersVary { get; }

    /// <summary>The best of its completed trials by the rule of the sweep, or null.</summary>
    public TrialRecord? Best => Winner.Of(Finished);

    public static IReadOnlyList<StudyTrials> Of(SweepResults sweep) => [.. sweep.Studies.Select(s => new StudyTrials(sweep, s))];

    /// <summary>What tells a trial from the others of the study: <c>0.001</c> or <c>0.001 / 256</c>.</summary>
    public string Label(FinishedTrial trial) => string.Join(" / ", Parts(trial.Record.Trial.Parameters));

    /// <summary>What <see cref="Label"/> holds: <c>Learning rate / hidden units</c>.</summary>
    public string LabelHeading => ReportText.Sentence(string.Join(" / ", Headings()));

    /// <summary>The same in a sentence: <c>learning rate and hidden units</c>.</summary>
    public string Varying => ReportText.List([.. Headings()]);

    private IEnumerable<string> Parts(HyperParameters p)
    {
        if (RateVaries) yield return ReportText.ShortRate(p.LearningRate);
        if (UnitsVary) yield return p.HiddenUnits.ToString();
        if (EpochsVary) yield return p.Epochs.ToString();
        if (OthersVary) yield return $"{p.BatchSize} / {p.Seed}";
    }

    private IEnumerable<string> Headings()
    {
        if (RateVaries) yield return "learning rate";
        if (UnitsVary) yield return "hidden units";
        if (EpochsVary) yield return "epochs";
        if (OthersVary) yield return "batch / seed";
    }
}
