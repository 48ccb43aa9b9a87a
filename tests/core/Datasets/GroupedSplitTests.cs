using CsCheck;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

public sealed class GroupedSplitTests
{
    // For each unit the classes of its rows; the number of rows of a unit is that of its entry.
    private static readonly Gen<int[][]> Units = Gen.Int[0, 4].Array[1, 6].Array[2, 25];

    [Fact]
    public void No_Unit_Is_On_Both_Sides_And_No_Class_Loses_Its_Last_Training_Row() =>
        Gen.Select(Units, Gen.Double[0.01, 0.99], Gen.Int).Sample((units, share, seed) =>
        {
            var rows = Rows(units);
            if (!HasTwoUnitsOfAClass(units)) return;
            TrainingSplit split;
            try
            {
                split = StratifiedSplit.HoldOut(rows, 5, share, seed);
            }
            catch (InputException)
            {
                // Each unit has a class that is nowhere else.
                Assert.All(units, unit => Assert.Contains(unit, c => units.Count(other => other.Contains(c)) == 1));
                return;
            }

            Check(rows, split);
            Assert.NotEqual(0, split.Validation.Rows);
        });

    [Fact]
    public void Folds_Hold_Out_Whole_Units_Each_At_Most_Once() =>
        Gen.Select(Units, Gen.Int[2, 5], Gen.Int).Sample((units, folds, seed) =>
        {
            var rows = Rows(units);
            var held = new List<float>();
            for (var fold = 0; fold < folds; fold++)
            {
                try
                {
                    var split = StratifiedSplit.Fold(rows, 5, folds, fold, seed);
                    Check(rows, split);
                    held.AddRange(Numbers(split.Validation));
                }
                catch (InputException)
                {
                    // Too few units, which their numbers say.
                }
            }

            Assert.Equal(held.Count, held.Distinct().Count());
        });

    [Theory]
    [InlineData(0.2, new[] { 2, 2 })]
    [InlineData(0.5, new[] { 5, 5 })]
    public void Units_Of_One_Class_Are_Shared_Out_Like_Rows(double share, int[] expected)
    {
        var rows = Rows([.. Enumerable.Range(0, 20).Select(unit => Enumerable.Repeat(unit % 2, 1 + (unit % 6)).ToArray())]);
        var split = StratifiedSplit.HoldOut(rows, 2, share, seed: 3);
        var held = UnitsOf(split.Validation).ToArray();
        Assert.Equal(expected, new[] { held.Count(unit => unit % 2 == 0), held.Count(unit => unit % 2 == 1) });
    }

    [Fact]
    public void Five_Folds_Of_Ten_Recordings_A_Class_Hold_Out_Two_Each()
    {
        var rows = Rows([.. Enumerable.Range(0, 30).Select(unit => new[] { unit % 3, unit % 3 })]);
        var all = Enumerable.Range(0, 5).Select(fold => UnitsOf(StratifiedSplit.Fold(rows, 3, 5, fold, 0).Validation).ToArray()).ToArray();
        Assert.Equal(Enumerable.Range(0, 30), all.SelectMany(units => units).Order());
        Assert.All(all, units => Assert.All(Enumerable.Range(0, 3), c => Assert.Equal(2, units.Count(unit => unit % 3 == c))));
    }

    [Fact]
    public void Groups_Of_One_Source_Stay_Together()
    {
        DatasetGroup[] groups = [new("a/1", "anna"), new("a/2"), new("b/1", "anna"), new("b/2", "ben"), new("a/3")];
        Assert.Equal(new[] { 0, 1, 0, 2, 3 }, DatasetGroup.Units(groups));
    }

    [Fact]
    public void A_Class_Of_One_Recording_Is_Not_Held_Out()
    {
        var error = Assert.Throws<InputException>(() => StratifiedSplit.HoldOut(Rows([[0, 0], [1, 1, 1]]), 2, 0.5, 1));
        Assert.StartsWith("no class has training rows of two groups (such as two recordings)", error.Message, StringComparison.Ordinal);
        var folds = Assert.Throws<InputException>(() => StratifiedSplit.Fold(Rows([[0], [0], [1]]), 2, 3, 0, 1));
        Assert.Contains("are of 2 groups and cannot make 3 folds", folds.Message, StringComparison.Ordinal);
    }

    private static void Check(LabelledRows rows, TrainingSplit split)
    {
        var numbers = Numbers(split.Training).Concat(Numbers(split.Validation));
        Assert.Equal(Enumerable.Range(0, rows.Rows).Select(i => (float)i), numbers.Order());
        Assert.Empty(UnitsOf(split.Training).Intersect(UnitsOf(split.Validation)));
        Assert.Subset(split.Training.Labels.ToHashSet(), split.Validation.Labels.ToHashSet());
    }

    private static bool HasTwoUnitsOfAClass(int[][] units) =>
        Enumerable.Range(0, 5).Any(c => units.Count(unit => unit.Contains(c)) > 1);

    private static IEnumerable<float> Numbers(LabelledRows rows) => Enumerable.Range(0, rows.Rows).Select(i => rows.Row(i)[0]);

    private static IEnumerable<int> UnitsOf(LabelledRows rows) =>
        Enumerable.Range(0, rows.Rows).Select(rows.Groups!.UnitOf).Distinct();

    private static LabelledRows Rows(int[][] units)
    {
        int[] labels = [.. units.SelectMany(unit => unit)];
        int[] ofRows = [.. units.SelectMany((unit, i) => unit.Select(_ => i))];
        return new LabelledRows([.. labels.Select((_, i) => (float)i)], 1, labels)
        {
            Groups = new RowGroups(ofRows, [.. Enumerable.Range(0, units.Length)]),
        };
    }
}
