using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Findings;

/// <summary>
/// Compares sizes of the hidden layer, all else equal: where more units stop paying, which sizes underfit and which overfit.
/// </summary>
internal sealed class HiddenUnitFindings
{
    /// <summary>Differences in validation accuracy below this share do not pay for more units.</summary>
    public const double LeastGain = 0.002;

    /// <summary>A size underfits when its training accuracy stays this far below the best training accuracy.</summary>
    public const double UnderfitGap = 0.02;

    private readonly FinishedTrial[] _completed;

    private HiddenUnitFindings(IReadOnlyList<FinishedTrial> trials, int validationRows)
    {
        _completed = [.. trials
            .Where(t => t.Record is { Outcome: TrainingOutcome.Completed, Last: not null })
            .OrderBy(Units)];
        Diverged = [.. trials.Where(t => t.Record.Outcome == TrainingOutcome.Diverged).OrderBy(Units)];
        Best = Winner.Of(_completed);
        if (Best is null) return;

        Tolerance = Math.Max(LeastGain, StandardError(Best.Last!.ValidationAccuracy, validationRows));
        Enough = _completed.First(t => t.Record.Last!.ValidationAccuracy >= Best.Last.ValidationAccuracy - Tolerance).Record;
        Worse = [.. _completed.Where(t =>
            Units(t) > Best.Trial.Parameters.HiddenUnits && t.Record.Last!.ValidationAccuracy < Best.Last.ValidationAccuracy - Tolerance)];
        var top = _completed.Max(t => t.Record.Last!.Accuracy);
        Underfit = [.. _completed.Where(t => t.Record.Last!.Accuracy < top - UnderfitGap)];
        Overfit = [.. _completed.Select(t => (Trial: t, Overfitting: Overfitting.In(t.History))).Where(p => p.Overfitting is not null)!];
    }

    /// <summary>The best size by the sweep's rule, or null where none completed.</summary>
    public TrialRecord? Best { get; }

    /// <summary>
    /// What counts as no real difference in validation accuracy: <see cref="LeastGain"/>, or one standard error of the
    /// best accuracy where few validation rows make that larger (the one-standard-error rule of Breiman et al., 1984).
    /// </summary>
    public double Tolerance { get; }

    /// <summary>The smallest size within <see cref="Tolerance"/> of the best.</summary>
    public TrialRecord? Enough { get; }

    /// <summary>Sizes above the best that fall behind it by more than <see cref="Tolerance"/>, smallest first.</summary>
    public IReadOnlyList<FinishedTrial> Worse { get; } = [];

    /// <summary>Sizes too small even for the training rows, smallest first.</summary>
    public IReadOnlyList<FinishedTrial> Underfit { get; } = [];

    /// <summary>Sizes that overfit, smallest first.</summary>
    public IReadOnlyList<(FinishedTrial Trial, Overfitting Overfitting)> Overfit { get; } = [];

    /// <summary>Sizes that diverged, smallest first.</summary>
    public IReadOnlyList<FinishedTrial> Diverged { get; }

    public static HiddenUnitFindings From(IReadOnlyList<FinishedTrial> trials, int validationRows) => new(trials, validationRows);

    /// <summary>The findings in words.</summary>
    public IEnumerable<string> Sentences()
    {
        foreach (var trial in Diverged) yield return $"{Words(trial)} diverged: {Divergence.Words(trial)}.";
        if (Best is null || Enough is null) yield break;

        yield return $"{Size(Best)} {(Best.Trial.Parameters.HiddenUnits == 1 ? "gives" : "give")} the highest validation accuracy, "
            + $"{ReportText.Percent(Best.Last!.ValidationAccuracy)}, "
            + $"with {ReportText.Count(Best.ParameterCount, "parameter")}.";
        yield return PaySentence(Best, Enough);
        if (Worse.Count > 0)
            yield return "Larger sizes do worse again: "
                + $"{ReportText.List([.. Worse.Select(t => $"{Words(t)} with {ReportText.Percent(t.Record.Last!.ValidationAccuracy)}")])}.";
        if (Underfit.Count > 0) yield return UnderfitSentence();
        yield return OverfitSentence();
    }

    private string PaySentence(TrialRecord best, TrialRecord enough)
    {
        if (_completed.Length < 2) return "It is the only size with a result.";
        if (enough == best)
        {
            return best == _completed[^1].Record
                ? $"More units pay up to the largest size tried: no smaller size comes within {ReportText.Points(Tolerance)} of it."
                : $"Beyond {best.Trial.Parameters.HiddenUnits:N0} more units do not pay, "
                    + $"and no smaller size comes within {ReportText.Points(Tolerance)} of it.";
        }

        return $"More units stop paying at {enough.Trial.Parameters.HiddenUnits:N0}: "
            + $"its {ReportText.Percent(enough.Last!.ValidationAccuracy)} is within "
            + $"{ReportText.Points(Tolerance)} of the best, with {ReportText.Count(enough.ParameterCount, "parameter")}, "
            + $"{ReportText.Times((double)best.ParameterCount / enough.ParameterCount)} times fewer.";
    }

    private string UnderfitSentence()
    {
        var top = _completed.Max(t => t.Record.Last!.Accuracy);
        return $"{Names(Underfit)} underfit{(Underfit.Count == 1 ? "s" : "")}: even the training accuracy " +
            $"({ReportText.List([.. Underfit.Select(t => ReportText.Percent(t.Record.Last!.Accuracy))])}) stays more than " +
            $"{UnderfitGap * 100:0} percentage points below the highest of all sizes, {ReportText.Percent(top)}.";
    }

    private string OverfitSentence() => Overfit.Count == 0
        ? "No size overfits: "
            + $"no validation loss ends {Overfitting.LeastRise * 100:0}% or more above its minimum while training loss still falls."
        : "Validation loss rises from its minimum while training loss still falls, which is overfitting, with " +
          $"{string.Join("; ", Overfit.Select(p => $"{Words(p.Trial)} ({p.Overfitting})"))}.";

    private static double StandardError(double accuracy, int rows) =>
        rows > 0 ? Math.Sqrt(Math.Max(0, accuracy * (1 - accuracy)) / rows) : 0;

    private static int Units(FinishedTrial trial) => trial.Record.Trial.Parameters.HiddenUnits;

    private static string Name(FinishedTrial trial) => Units(trial).ToString("N0");

    private static string Words(FinishedTrial trial) => ReportText.Count(Units(trial), "unit");

    private static string Size(TrialRecord record) => ReportText.Count(record.Trial.Parameters.HiddenUnits, "hidden unit");

    private static string Names(IReadOnlyList<FinishedTrial> trials) =>
        ReportText.List([.. trials.Select(Name)]) + (trials.Count == 1 && Units(trials[0]) == 1 ? " unit" : " units");
}
