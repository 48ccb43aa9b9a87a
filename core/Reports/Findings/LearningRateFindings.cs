using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Findings;

/// <summary>
/// Compares learning rates, all else equal: which is unstable, which converges slowest, which is best.
/// </summary>
internal sealed class LearningRateFindings
{
    /// <summary>A rate whose training loss rises in a smaller share of its epochs is not called restless.</summary>
    public const double RestlessShare = 0.2;

    /// <summary>A restless rate is unstable when it ends at more than this many times the lowest training loss of all.</summary>
    public const double UnstableRatio = 2;

    private readonly FinishedTrial[] _completed;

    private LearningRateFindings(IReadOnlyList<FinishedTrial> trials)
    {
        _completed = [.. trials
            .Where(t => t.Record.Outcome == TrainingOutcome.Completed && t.History.Epochs > 0)
            .OrderByDescending(Rate)];
        Diverged = [.. trials.Where(t => t.Record.Outcome == TrainingOutcome.Diverged).OrderByDescending(Rate)];
        LowestLoss = _completed.SelectMany(t => t.History.Loss).DefaultIfEmpty(double.NaN).Min();
        Restless = [.. _completed.Where(IsRestless)];
        Unstable = [.. Restless.Where(t => t.History.Loss[^1] > UnstableRatio * LowestLoss)];
        var stable = _completed.Except(Unstable).ToArray();
        CommonLoss = stable.Select(t => t.History.Loss.Min()).DefaultIfEmpty(double.NaN).Max();
        Slowest = SlowestOf(stable);
        Best = Winner.Of(_completed);
    }

    /// <summary>Rates that diverged, highest first.</summary>
    public IReadOnlyList<FinishedTrial> Diverged { get; }

    /// <summary>Rates whose training loss rises in a fifth of the epochs or more, highest first.</summary>
    public IReadOnlyList<FinishedTrial> Restless { get; }

    /// <summary>Restless rates that also end far above the lowest training loss, highest first.</summary>
    public IReadOnlyList<FinishedTrial> Unstable { get; }

    /// <summary>The lowest training loss of any epoch of any rate.</summary>
    public double LowestLoss { get; }

    /// <summary>The lowest training loss that every stable rate reaches, which makes their speeds comparable.</summary>
    public double CommonLoss { get; }

    /// <summary>The stable rate that takes the most epochs to <see cref="CommonLoss"/>; null where there is none or a tie.</summary>
    public FinishedTrial? Slowest { get; }

    /// <summary>The best rate by the sweep's rule, or null where none completed.</summary>
    public TrialRecord? Best { get; }

    public static LearningRateFindings From(IReadOnlyList<FinishedTrial> trials) => new(trials);

    /// <summary>The findings in words.</summary>
    public IEnumerable<string> Sentences()
    {
        foreach (var trial in Diverged) yield return $"{Name(trial)} diverged: {Divergence.Words(trial)}.";
        foreach (var trial in Unstable)
        {
            yield return $"{Name(trial)} is unstable: its training loss is not monotone (it rises in {Rises(trial)}) and ends at " +
                $"{ReportText.Loss(trial.History.Loss[^1])}, "
                + $"{ReportText.Times(trial.History.Loss[^1] / LowestLoss)} times the lowest of all rates.";
        }

        if (Unstable.Count + Diverged.Count == 0 && _completed.Length > 1)
            yield return "No learning rate is unstable: none both rises often and ends far above the lowest training loss.";
        foreach (var trial in Restless.Except(Unstable))
            yield return $"The training loss of {Name(trial)} is not monotone either (it rises in {Rises(trial)}), but ends low, "
                + $"at {ReportText.Loss(trial.History.Loss[^1])}.";
        if (Slowest is not null) yield return SlowestSentence(Slowest);
        if (Best is not null) yield return BestSentence(Best);
        if (Edge() is { } edge) yield return edge;
    }

    private string SlowestSentence(FinishedTrial slowest)
    {
        var others = _completed.Except(Unstable).Where(t => t != slowest).OrderBy(Epochs)
            .Select(t => $"{Name(t)} after {Epochs(t)}");
        var falling = CurveShape.FallAtEnd(slowest.History.Loss);
        var end = falling >= 0.01 ? $"; its loss still falls by {falling * 100:0.#}% an epoch at the end" : "";
        return $"{Name(slowest)} converges slowest: it reaches a training loss of {ReportText.Loss(CommonLoss)} after " +
            $"{ReportText.Count(Epochs(slowest), "epoch")}, {ReportText.List([.. others])}{end}.";
    }

    private string BestSentence(TrialRecord best)
    {
        var rest = Winner.Of(_completed.Where(t => t.Record != best));
        var ahead = rest is null ? "" :
            $", {ReportText.Points(best.Last!.ValidationAccuracy - rest.Last!.ValidationAccuracy)} ahead of "
            + $"{ReportText.Rate(rest.Trial.Parameters.LearningRate)}";
        return $"{ReportText.Rate(best.Trial.Parameters.LearningRate)} is the best learning rate: "
            + $"{ReportText.Percent(best.Last!.ValidationAccuracy)} "
            + $"validation accuracy{ahead}, with a training loss of {ReportText.Loss(best.Last.Loss)}.";
    }

    private string? Edge()
    {
        if (Best is null || _completed.Length < 2) return null;
        var rate = Best.Trial.Parameters.LearningRate;
        if (rate <= _completed.Concat(Diverged).Min(Rate)) return "It is the smallest rate tried, so a smaller one may do better still.";
        return rate >= _completed.Concat(Diverged).Max(Rate) ? "It is the largest rate tried, so a larger one may do better still." : null;
    }

    private FinishedTrial? SlowestOf(FinishedTrial[] stable)
    {
        if (stable.Length < 2) return null;
        var order = stable.OrderByDescending(Epochs).ToArray();
        return Epochs(order[0]) > Epochs(order[1]) ? order[0] : null;
    }

    private int Epochs(FinishedTrial trial) => CurveShape.EpochsToReach(trial.History.Loss, CommonLoss);

    private static bool IsRestless(FinishedTrial trial) =>
        trial.History.Epochs > 1 && CurveShape.Rises(trial.History.Loss) >= RestlessShare * (trial.History.Epochs - 1);

    private static string Rises(FinishedTrial trial) =>
        $"{CurveShape.Rises(trial.History.Loss)} of {ReportText.Count(trial.History.Epochs - 1, "step")} from epoch to epoch";

    private static double Rate(FinishedTrial trial) => trial.Record.Trial.Parameters.LearningRate;

    private static string Name(FinishedTrial trial) => ReportText.Rate(Rate(trial));
}
