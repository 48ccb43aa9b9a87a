using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>Splits rows so that every class keeps its share in both parts.</summary>
public static class StratifiedSplit
{
    /// <summary>
    /// Holds out a share of every class for validation. The shares are rounded by largest remainders, so that they add
    /// up to the share of all rows; a class of two or more rows gives at least one and keeps at least one, and a class
    /// of one row keeps it. Which rows are held out depends on the labels and the seed alone: the rows of each class, in
    /// class order, are shuffled with one <see cref="SplitMix64"/> and the first ones taken. Both parts keep the rows'
    /// order. Where rows belong to groups, the same is done with groups, and none is divided: see <see cref="GroupedSplit"/>.
    /// Copies of rows of groups that are held out are in neither part.
    /// </summary>
    /// <param name="rows">The rows to split.</param>
    /// <param name="classes">Number of classes; a class may have no rows.</param>
    /// <param name="share">Share to hold out, above 0 and below 1.</param>
    /// <param name="seed">Seeds the choice.</param>
    /// <exception cref="InputException">No class has two rows, or rows of two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    public static TrainingSplit HoldOut(LabelledRows rows, int classes, double share, int seed)
    {
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The held-out share must be above 0 and below 1.");

        if (rows.Groups is not null) return Split(rows, GroupedSplit.HoldOut(rows, classes, share, seed), classes);
        var members = RowsOfClasses(rows.Labels, classes);
        var quotas = Quotas([.. members.Select(member => member.Length)], share);
        if (quotas.All(quota => quota == 0))
            throw new InputException(
                "every class has a single training row, so none can be held out for validation", "add rows or validate on the test set");

        var random = new SplitMix64((ulong)seed);
        var held = new bool[rows.Rows];
        for (var c = 0; c < classes; c++)
        {
            random.Shuffle<int>(members[c]);
            foreach (var row in members[c].AsSpan(0, quotas[c])) held[row] = true;
        }

        return Split(rows, held, classes);
    }

    /// <summary>
    /// Holds out one of several folds, of which every class has its share: the rows of each class are shuffled as for
    /// <see cref="HoldOut"/> and dealt to the folds in turn, each class going on where the one before it ended. Every row
    /// is in one fold, but a class of a single row always keeps it. Both parts keep the rows' order. Where rows belong to groups,
    /// the same is done with groups.
    /// </summary>
    /// <param name="rows">The rows to split.</param>
    /// <param name="classes">Number of classes; a class may have no rows.</param>
    /// <param name="folds">Number of folds, 2 or more.</param>
    /// <param name="fold">The fold to hold out, from 0 on.</param>
    /// <param name="seed">Seeds the choice.</param>
    /// <exception cref="InputException">There are too few rows, or groups, for so many folds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no such folds.</exception>
    public static TrainingSplit Fold(LabelledRows rows, int classes, int folds, int fold, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(fold);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fold, folds);
        if (rows.Groups is not null) return Split(rows, GroupedSplit.Fold(rows, classes, folds, fold, seed), classes);
        var random = new SplitMix64((ulong)seed);
        var held = new bool[rows.Rows];
        var next = 0;
        foreach (var member in RowsOfClasses(rows.Labels, classes))
        {
            random.Shuffle<int>(member);
            if (member.Length < 2) continue;
            foreach (var row in member) held[row] = next++ % folds == fold;
        }

        if (next < folds)
        {
            throw new InputException(
                $"{next} training rows of classes with two or more rows cannot make {folds} folds", "ask for fewer folds, or add rows");
        }

        return Split(rows, held, classes);
    }

    /// <summary>Rows to hold out of each class.</summary>
    internal static int[] Quotas(int[] counts, double share)
    {
        var quotas = new int[counts.Length];
        for (var c = 0; c < counts.Length; c++)
        {
            if (counts[c] > 1) quotas[c] = Math.Clamp((int)(share * counts[c]), 1, counts[c] - 1);
        }

        var left = (int)Math.Round(share * counts.Sum(count => (long)count), MidpointRounding.AwayFromZero) - quotas.Sum();
        // OrderBy is stable, so equal remainders go to the lower class.
        foreach (var c in Enumerable.Range(0, counts.Length).OrderByDescending(c => (share * counts[c]) - quotas[c]))
        {
            if (left <= 0) break;
            if (quotas[c] >= counts[c] - 1) continue;
            quotas[c]++;
            left--;
        }

        return quotas;
    }

    private static int[][] RowsOfClasses(int[] labels, int classes)
    {
        var members = new List<int>[classes];
        for (var c = 0; c < classes; c++) members[c] = [];
        for (var row = 0; row < labels.Length; row++) members[labels[row]].Add(row);
        return Array.ConvertAll(members, member => member.ToArray());
    }

    private static TrainingSplit Split(LabelledRows rows, bool[] held, int classes) =>
        new(Select(rows, held, wanted: false), Select(rows, held, wanted: true), classes);

    private static LabelledRows Select(LabelledRows rows, bool[] held, bool wanted)
    {
        var originals = rows.Rows - rows.Copies;
        int[] chosen = [.. Enumerable.Range(0, wanted ? originals : held.Length).Where(row => held[row] == wanted)];
        var count = chosen.Length;
        var features = GC.AllocateUninitializedArray<float>(count * rows.FeatureCount);
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            rows.Row(chosen[i]).CopyTo(features.AsSpan(i * rows.FeatureCount));
            labels[i] = rows.Labels[chosen[i]];
        }

        return new LabelledRows(features, rows.FeatureCount, labels)
        {
            Groups = rows.Groups?.Select(chosen),
            Copies = chosen.Count(row => row >= originals),
        };
    }
}
