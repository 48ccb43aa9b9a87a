using MusicPipeline.Reports.Results;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Reports.Findings;

/// <summary>
/// How the winner stands against always answering the most frequent class. Both are scored on the same rows, so only those
/// count that one of the two has right and the other wrong (Q. McNemar, Note on the sampling error of the difference
/// between correlated proportions or percentages, Psychometrika 1947): as often as not each would win one by chance.
/// </summary>
internal sealed class MajorityFindings
{
    private readonly ConfusionMatrix _matrix;
    private readonly ClassScore[] _present;
    private readonly WilsonInterval _won;

    private MajorityFindings(ConfusionMatrix matrix)
    {
        _matrix = matrix;
        _present = [.. matrix.PerClass.Where(score => score.Rows > 0)];
        MostFrequent = _present.MaxBy(score => score.Rows)!;
        Share = (double)MostFrequent.Rows / matrix.Rows;
        Never = [.. _present.Where(score => score.Precision is null)];
        var place = Array.IndexOf(matrix.Classes, MostFrequent.Class);
        var won = matrix.Counts.Select((row, i) => i == place ? 0 : row[i]).Sum();
        var lost = MostFrequent.Rows - matrix.Counts[place][place];
        _won = WilsonInterval.Of(won + lost == 0 ? 0 : (double)won / (won + lost), won + lost);
    }

    /// <summary>The class of the most rows; of equals the first.</summary>
    public ClassScore MostFrequent { get; }

    /// <summary>Its share of the rows, 0 to 1: what always answering it comes to.</summary>
    public double Share { get; }

    /// <summary>Classes that have rows, none of which any row was taken for.</summary>
    public IReadOnlyList<ClassScore> Never { get; }

    /// <summary>Whether the winner is better than always answering the most frequent class, by more than the noise.</summary>
    public bool IsBetter => _won.Low > 0.5;

    /// <summary>Whether it is worse, by more than the noise.</summary>
    public bool IsWorse => _won.High < 0.5;

    /// <summary>The findings, or null where there are no rows.</summary>
    public static MajorityFindings? Of(ConfusionMatrix? matrix) => matrix is { Rows: > 0 } ? new MajorityFindings(matrix) : null;

    /// <summary>Accuracy, balanced accuracy and the share of the most frequent class, in words.</summary>
    public string Sentence() =>
        $"On {ReportText.Count(_matrix.Rows, "test row")} its accuracy is {ReportText.Percent(_matrix.Accuracy)} and its balanced "
        + $"accuracy, the mean of the classes' recalls, {ReportText.Percent(_matrix.BalancedAccuracy)}. "
        + $"Always answering {MostFrequent}, the most frequent class, is right for {ReportText.Percent(Share)} of them; "
        + $"guessing comes to a balanced accuracy of {ReportText.Percent(1.0 / _present.Length)}.";

    /// <summary>What is wrong with the winner, each in a clause to stress and the details after it; none where nothing is.</summary>
    public IEnumerable<(string Problem, string Details)> Warnings()
    {
        var apart = ReportText.Points(Math.Abs(_matrix.Accuracy - Share));
        if (IsWorse)
        {
            yield return (
                $"The best model is worse than always answering {MostFrequent}", $", by {apart}: it is of no use as a classifier.");
        }
        else if (!IsBetter)
        {
            yield return (
                $"The best model is no better than always answering {MostFrequent}",
                _matrix.Accuracy == Share
                    ? ": both are right equally often."
                    : $": its accuracy is {apart} {(_matrix.Accuracy > Share ? "higher" : "lower")}, "
                        + $"which is within the noise of {ReportText.Count(_matrix.Rows, "row")} (95%, McNemar's test).");
        }

        if (Never.Count == 0) yield break;
        yield return (
            $"{ReportText.Count(Never.Count, "class", "classes")} {(Never.Count == 1 ? "is" : "are")} never predicted",
            $": {ReportText.List([.. Never.Select(score => $"class {score} ({ReportText.Count(score.Rows, "test row")})")])}.");
    }
}
