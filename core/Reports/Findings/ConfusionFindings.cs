using MusicPipeline.Reports.Results;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Reports.Findings;

/// <summary>Which classes the winner takes for which.</summary>
internal static class ConfusionFindings
{
    private const int MostPairs = 5;

    /// <summary>The pairs of classes that are confused most often, either way, the worst first.</summary>
    public static IReadOnlyList<(int One, int Other, int OneForOther, int OtherForOne)> Pairs(ConfusionMatrix matrix) =>
    [
        .. from one in Enumerable.Range(0, matrix.Classes.Length)
           from other in Enumerable.Range(one + 1, matrix.Classes.Length - one - 1)
           let pair = (one, other, OneForOther: matrix.Counts[one][other], OtherForOne: matrix.Counts[other][one])
           where pair.OneForOther + pair.OtherForOne > 0
           orderby pair.OneForOther + pair.OtherForOne descending, one, other
           select pair,
    ];

    /// <summary>The findings in words.</summary>
    /// <param name="matrix">Predictions.</param>
    /// <param name="row">What a row is.</param>
    public static IEnumerable<string> Sentences(ConfusionMatrix matrix, string row = "row")
    {
        var wrong = matrix.Rows - matrix.Counts.Select((row, i) => row[i]).Sum();
        if (wrong == 0)
        {
            yield return matrix.Rows == 1
                ? $"The only {row} is classified rightly."
                : $"All {ReportText.Count(matrix.Rows, row)} are classified rightly.";
            yield break;
        }

        yield return $"{wrong:N0} of {ReportText.Count(matrix.Rows, row)} {(wrong == 1 ? "is" : "are")} classified wrongly.";
        var pairs = Pairs(matrix);
        var shown = pairs.Take(MostPairs).ToArray();
        var share = (double)shown.Sum(pair => pair.OneForOther + pair.OtherForOne) / wrong;
        yield return $"Classes confused most: {string.Join("; ", shown.Select(pair => Words(matrix, pair)))}. " +
            (pairs.Count > shown.Length ? $"These {shown.Length} pairs are {share * 100:0}% of the errors." : "There are no other errors.");
        var worst = matrix.PerClass.Where(score => score.Recall is not null).MinBy(score => score.Recall)!;
        yield return $"The class that is missed most is {worst}: {ReportText.Percent(worst.Recall!.Value)} of its "
            + $"{ReportText.Count(worst.Rows, row)} {(worst.Rows == 1 ? "is" : "are")} found.";
    }

    private static string Words(ConfusionMatrix matrix, (int One, int Other, int OneForOther, int OtherForOne) pair)
    {
        var (one, other) = (matrix.NameOf(pair.One), matrix.NameOf(pair.Other));
        var rather = pair.OneForOther >= pair.OtherForOne;
        var (from, to, often, back) = rather
            ? (one, other, pair.OneForOther, pair.OtherForOne)
            : (other, one, pair.OtherForOne, pair.OneForOther);
        return $"{from} taken for {to} ({Times(often)}" + (back > 0 ? $", the other way round {Times(back)})" : ")");
    }

    private static string Times(int count) => count == 1 ? "once" : count == 2 ? "twice" : $"{count:N0} times";
}
