using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;

namespace MusicPipeline.Sweeps.Results;

/// <summary>What a network says of whole groups of rows, such as recordings: the mean of their rows' probabilities.</summary>
/// <param name="Labels">Class of each group.</param>
/// <param name="Probabilities">groups x classes, row-major.</param>
internal sealed record GroupProbabilities(int[] Labels, float[] Probabilities)
{
    // Far more than what the arithmetic of another runtime changes, and nothing to a reader.
    private const double Margin = 1e-4;

    /// <summary>Predicts rows that belong to groups.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="rows">Standardized rows; those of a group are of one class.</param>
    public static GroupProbabilities Of(NetworkWeights weights, LabelledRows rows)
    {
        var ofRows = Network.Probabilities(weights, rows.Features);
        var groups = Enumerable.Range(0, rows.Rows).GroupBy(row => rows.Groups!.OfRows[row]).ToArray();
        var means = new float[groups.Length * weights.Classes];
        for (var group = 0; group < groups.Length; group++)
        {
            var mean = ClassProbabilities.Mean(ofRows, weights.Classes, [.. groups[group]]);
            for (var c = 0; c < mean.Length; c++) means[(group * mean.Length) + c] = (float)mean[c];
        }

        return new GroupProbabilities([.. groups.Select(group => rows.Labels[group.First()])], means);
    }

    /// <summary>These and others.</summary>
    public GroupProbabilities With(GroupProbabilities others) =>
        new([.. Labels, .. others.Labels], [.. Probabilities, .. others.Probabilities]);

    /// <summary>
    /// The lowest probability of a label at and above which the wanted share of groups or more is labelled rightly, with the groups that
    /// have it and those of them that are right; null where there is none.
    /// </summary>
    public (double Probability, int Count, int Right)? SureFrom(double wanted)
    {
        var answers = Answers().OrderByDescending(answer => answer.Probability).ToArray();
        (double Probability, int Count, int Right)? sure = null;
        var right = 0;
        for (var count = 1; count <= answers.Length; count++)
        {
            if (answers[count - 1].IsRight) right++;
            // Of equal probabilities all are above the bound, or none.
            var isLast = count == answers.Length || answers[count].Probability < answers[count - 1].Probability;
            if (isLast && right >= wanted * count) sure = (answers[count - 1].Probability, count, right);
        }

        return sure;
    }

    /// <summary>
    /// A bound that has the same groups above it as a probability of one of them, and none at it: another runtime's sums differ in the last
    /// digit, and must not put a group on the other side.
    /// </summary>
    /// <param name="probability">That of a group's label.</param>
    public double BoundBelow(double probability)
    {
        var next = Answers().Select(answer => answer.Probability).Where(other => other < probability).DefaultIfEmpty().Max();
        return Math.Max(probability - Margin, (probability + next) / 2);
    }

    private IEnumerable<(double Probability, bool IsRight)> Answers()
    {
        var classes = Labels.Length == 0 ? 0 : Probabilities.Length / Labels.Length;
        return Enumerable.Range(0, Labels.Length)
            .Select(group => (Group: group, Best: ClassProbabilities.Highest<float>(Probabilities.AsSpan(group * classes, classes))))
            .Select(answer => (
                (double)Probabilities[(answer.Group * classes) + answer.Best], answer.Best == Labels[answer.Group]));
    }
}
