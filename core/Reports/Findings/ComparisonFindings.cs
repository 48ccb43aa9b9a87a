using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Findings;

/// <summary>A trial that is compared with others, wherever they come from.</summary>
/// <param name="Name">What sentences call it.</param>
/// <param name="Record">Its record.</param>
/// <param name="ValidationRows">Rows that its validation accuracy was counted over.</param>
public sealed record ComparedTrial(string Name, TrialRecord Record, int ValidationRows)
{
    /// <summary>The ends of the 95% interval of its last validation accuracy, 0 to 1; null where it has none.</summary>
    public IReadOnlyList<double>? Interval => Wilson is { } interval ? [interval.Low, interval.High] : null;

    internal WilsonInterval? Wilson =>
        Record.Last is { } last ? WilsonInterval.Of(last.ValidationAccuracy, ValidationRows) : null;
}

/// <summary>Whether trials differ by more than chance, in words.</summary>
public static class ComparisonFindings
{
    // Means are of last epochs, which are on the record.
    private static readonly TrainingHistory Unread = new([], [], [], []);

    /// <summary>The findings, the best trial first.</summary>
    public static IEnumerable<string> Sentences(IReadOnlyList<ComparedTrial> trials)
    {
        foreach (var failed in trials.Where(trial => !PointRank.IsComplete(trial.Record)))
        {
            yield return failed.Record.Last is null
                ? $"{failed.Name} diverged in its first epoch, so it has no figures."
                : $"{failed.Name} has not completed, so its figures are those of epoch {failed.Record.Epochs}.";
        }

        if (trials.DistinctBy(trial => (trial.Record.Trial.DatasetVersion, RowsOf(trial))).Skip(1).Any())
            yield return "They were not validated on the same rows, so a difference of their accuracies may be one of the rows.";

        ComparedTrial[] ranked =
        [
            .. trials.Where(trial => trial.Wilson is not null).OrderByDescending(trial => trial.Record.Last!.ValidationAccuracy),
        ];
        if (ranked.Length < 2) yield break;
        var best = ranked[0];
        yield return $"{best.Name} is ahead with {Words(best)}.";
        var finished = ranked.Select(trial => new FinishedTrial(trial.Record, Unread, Reused: false));
        if (RepeatedPoint.Of(finished, Objective.Accuracy) is { Count: > 1 } points
            && points.All(point => point.Accuracy.Count > 1))
        {
            foreach (var sentence in OfRepeats(points, ranked)) yield return sentence;
            yield break;
        }

        foreach (var other in ranked.Skip(1))
        {
            yield return best.Wilson!.Value.Low > other.Wilson!.Value.High
                ? $"Its lead over {other.Name}, {Words(other)}, is more than chance: their 95% intervals do not overlap."
                : $"It cannot be told apart from {other.Name}, {Words(other)}: on {ReportText.Count(other.ValidationRows, "row")} "
                    + "their 95% intervals overlap.";
        }
    }

    private static IEnumerable<string> OfRepeats(IReadOnlyList<RepeatedPoint> points, ComparedTrial[] ranked)
    {
        var order = RepeatedPoint.Ranked(points);
        foreach (var other in order.Skip(1))
        {
            yield return RepeatFindings.IsWithinNoise(order[0], other)
                ? $"{Name(order[0])} and {Name(other)} differ within the noise between {order[0].Kind} (95% by Welch's t test)."
                : $"The lead of {Name(order[0])} over {Name(other)} is more than the noise between {order[0].Kind} "
                    + "(95% by Welch's t test).";
        }

        string Name(RepeatedPoint point) => string.Join(
            " and ",
            ranked.Where(trial => point.Trials.Any(one => one.Record.Trial.Id == trial.Record.Trial.Id)).Select(trial => trial.Name))
            + $" ({RepeatFindings.Words(point.Accuracy)})";
    }

    private static string RowsOf(ComparedTrial trial) => trial.Record.Trial.Validation.Folds is { } folds
        ? $"{folds} folds"
        : trial.Record.Trial.Validation.ToString();

    private static string Words(ComparedTrial trial) =>
        $"{ReportText.Percent(trial.Record.Last!.ValidationAccuracy)} (95% interval {trial.Wilson})";
}
