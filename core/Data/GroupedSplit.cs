using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>
/// Which units of rows are held out where rows belong to groups. Units take the place that rows have in
/// <see cref="StratifiedSplit"/>: every class gives its share of the units that it has rows in, as far as units of several classes
/// allow, and a unit stays where a class would have no row left without it.
/// </summary>
public static class GroupedSplit
{
    /// <summary>Holds out units of each class in the order given, until it has given as many as it should.</summary>
    /// <param name="classesOf">The classes of each unit.</param>
    /// <param name="members">For each class its units, those to be held out first before the others.</param>
    /// <param name="quotas">Units that each class should give.</param>
    /// <returns>Whether each unit is held out.</returns>
    public static bool[] HoldOut(int[][] classesOf, int[][] members, int[] quotas)
    {
        var held = new bool[classesOf.Length];
        var left = Array.ConvertAll(members, member => member.Length);
        for (var c = 0; c < members.Length; c++)
        {
            foreach (var unit in members[c])
            {
                if (members[c].Length - left[c] >= quotas[c]) break;
                if (!held[unit]) TryHold(unit, classesOf, held, left);
            }
        }

        return held;
    }

    /// <summary>The rows that are held out as a share of every class.</summary>
    internal static bool[] HoldOut(LabelledRows rows, int classes, double share, int seed)
    {
        var classesOf = ClassesOfUnits(rows);
        var members = Members(classesOf, classes, seed);
        var quotas = StratifiedSplit.Quotas(Array.ConvertAll(members, member => member.Length), share);
        var held = HoldOut(classesOf, members, quotas);
        if (!held.Contains(value: true))
            throw new InputException(
                "no class has training rows of two groups (such as two recordings), so none can be held out for validation",
                "add groups or validate on the test set");
        return OfRows(rows, held);
    }

    /// <summary>The rows of one of several folds.</summary>
    internal static bool[] Fold(LabelledRows rows, int classes, int folds, int fold, int seed)
    {
        var classesOf = ClassesOfUnits(rows);
        var members = Members(classesOf, classes, seed);
        var foldOf = new int[classesOf.Length];
        Array.Fill(foldOf, -1);
        var next = 0;
        // A unit goes where its classes have the fewest; units of one class are then dealt in turn.
        var dealt = new int[classes, folds];
        foreach (var unit in members.Where(member => member.Length > 1).SelectMany(member => member))
        {
            if (foldOf[unit] >= 0) continue;
            var into = Enumerable.Range(next, folds).Select(turn => turn % folds).MinBy(turn => classesOf[unit].Sum(c => dealt[c, turn]));
            foldOf[unit] = into;
            next = (into + 1) % folds;
            foreach (var c in classesOf[unit]) dealt[c, into]++;
        }

        var count = foldOf.Count(into => into >= 0);
        if (count < folds)
            throw new InputException(
                $"the training rows of classes with two or more groups (such as recordings) are of {count} groups "
                + $"and cannot make {folds} folds",
                "ask for fewer folds, or add groups");
        var held = new bool[classesOf.Length];
        var left = Array.ConvertAll(members, member => member.Length);
        for (var unit = 0; unit < held.Length; unit++)
        {
            if (foldOf[unit] == fold) TryHold(unit, classesOf, held, left);
        }

        if (!held.Contains(value: true))
            throw new InputException(
                $"without the groups of fold {fold + 1} of {folds} a class would have no training row",
                "ask for more folds, or add groups");
        return OfRows(rows, held);
    }

    private static void TryHold(int unit, int[][] classesOf, bool[] held, int[] left)
    {
        if (classesOf[unit].Any(c => left[c] < 2)) return;
        held[unit] = true;
        foreach (var c in classesOf[unit]) left[c]--;
    }

    private static bool[] OfRows(LabelledRows rows, bool[] held) =>
        [.. Enumerable.Range(0, rows.Rows).Select(row => held[rows.Groups!.UnitOf(row)])];

    private static int[][] ClassesOfUnits(LabelledRows rows)
    {
        var groups = rows.Groups!;
        var classesOf = new SortedSet<int>[groups.Units.Length == 0 ? 0 : groups.Units.Max() + 1];
        for (var unit = 0; unit < classesOf.Length; unit++) classesOf[unit] = [];
        for (var row = 0; row < rows.Rows; row++) classesOf[groups.UnitOf(row)].Add(rows.Labels[row]);
        return Array.ConvertAll(classesOf, set => set.ToArray());
    }

    private static int[][] Members(int[][] classesOf, int classes, int seed)
    {
        var members = new List<int>[classes];
        for (var c = 0; c < classes; c++) members[c] = [];
        for (var unit = 0; unit < classesOf.Length; unit++)
        {
            foreach (var c in classesOf[unit]) members[c].Add(unit);
        }

        var random = new SplitMix64((ulong)seed);
        var shuffled = Array.ConvertAll(members, member => member.ToArray());
        foreach (var member in shuffled) random.Shuffle<int>(member);
        return shuffled;
    }
}
