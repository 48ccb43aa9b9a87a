using CsCheck;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

public sealed class StratifiedSplitTests
{
    [Fact]
    public void Every_Row_Is_On_One_Side_And_Every_Class_Keeps_Its_Share() =>
        Gen.Select(Gen.Int[0, 60].Array[1, 8], Gen.Double[0.01, 0.99], Gen.Int).Sample((counts, share, seed) =>
        {
            if (!counts.Any(count => count > 1)) return;
            var rows = Rows(counts);
            var split = StratifiedSplit.HoldOut(rows, counts.Length, share, seed);

            // The first feature is the row's number.
            var training = Enumerable.Range(0, split.Training.Rows).Select(i => split.Training.Row(i)[0]).ToArray();
            var validation = Enumerable.Range(0, split.Validation.Rows).Select(i => split.Validation.Row(i)[0]).ToArray();
            Assert.Equal(Enumerable.Range(0, rows.Rows).Select(i => (float)i), training.Concat(validation).Order());
            Assert.Equal(training.Order(), training);
            Assert.Equal(validation.Order(), validation);
            Assert.All(
                Enumerable.Range(0, split.Validation.Rows), i => Assert.Equal(split.Validation.Labels[i], split.Validation.Row(i)[1]));

            // A class that has to keep its last row leaves one more to another, even to one whose share is a whole number.
            var leaves = counts.Any(count => count > 0 && Math.Ceiling(share * count) >= count);
            for (var c = 0; c < counts.Length; c++)
            {
                var held = split.Validation.Labels.Count(label => label == c);
                if (counts[c] > 1) Assert.InRange(held, 1, counts[c] - 1);
                else Assert.Equal(0, held);
                var most = leaves ? Math.Floor(share * counts[c]) + 1 : Math.Ceiling(share * counts[c]);
                Assert.InRange(held, Math.Min(Math.Floor(share * counts[c]), counts[c] - 1), Math.Max(1, most));
            }
        });

    [Theory]
    [InlineData(new[] { 10, 10, 10 }, 0.2, new[] { 2, 2, 2 })]
    [InlineData(new[] { 7, 7, 7 }, 0.2, new[] { 2, 1, 1 })]
    [InlineData(new[] { 14, 12, 11 }, 0.25, new[] { 3, 3, 3 })]
    [InlineData(new[] { 1, 2, 97 }, 0.1, new[] { 0, 1, 9 })]
    [InlineData(new[] { 2, 2, 2, 2 }, 0.01, new[] { 1, 1, 1, 1 })]
    [InlineData(new[] { 2, 3 }, 0.99, new[] { 1, 2 })]
    [InlineData(new[] { 9, 25, 46, 30, 5 }, 22.0 / 23, new[] { 8, 24, 45, 29, 4 })]
    [InlineData(
        new[] { 545, 527, 678, 683, 653, 560, 580, 552, 567, 655 }, 0.2, new[] { 109, 105, 136, 137, 131, 112, 116, 110, 113, 131 })]
    public void Shares_Are_Rounded_By_Largest_Remainders(int[] counts, double share, int[] expected) =>
        Assert.Equal(expected, StratifiedSplit.Quotas(counts, share));

    [Fact]
    public void Folds_Hold_Out_Every_Row_Once_And_Have_Their_Share_Of_Every_Class() =>
        Gen.Select(Gen.Int[0, 40].Array[1, 6], Gen.Int[2, 8], Gen.Int).Sample((counts, folds, seed) =>
        {
            if (counts.Where(count => count > 1).Sum() < folds) return;
            var rows = Rows(counts);
            var all = Enumerable.Range(0, folds).Select(fold => StratifiedSplit.Fold(rows, counts.Length, folds, fold, seed)).ToArray();

            var held = all.SelectMany(split => Enumerable.Range(0, split.Validation.Rows).Select(i => split.Validation.Row(i)[0])).Order();
            Assert.Equal(Enumerable.Range(0, rows.Rows).Where(i => counts[rows.Labels[i]] > 1).Select(i => (float)i), held);
            foreach (var split in all)
            {
                Assert.Equal(rows.Rows, split.Training.Rows + split.Validation.Rows);
                Assert.InRange(split.Validation.Rows, all[0].Validation.Rows - 1, all[0].Validation.Rows);
                for (var c = 0; c < counts.Length; c++)
                {
                    var share = split.Validation.Labels.Count(label => label == c);
                    Assert.InRange(share, counts[c] > 1 ? counts[c] / folds : 0, counts[c] > 1 ? (counts[c] + folds - 1) / folds : 0);
                }
            }
        });

    [Fact]
    public void Too_Few_Rows_Make_No_Folds()
    {
        var rows = Rows([2, 1, 1]);
        Assert.Equal(
            "2 training rows of classes with two or more rows cannot make 3 folds; ask for fewer folds, or add rows.",
            Assert.Throws<InputException>(() => StratifiedSplit.Fold(rows, 3, 3, 0, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.Fold(rows, 3, 2, 2, 1));
    }

    [Fact]
    public void The_Seed_Decides()
    {
        var rows = Rows([20, 20]);
        float[] Held(int seed) => StratifiedSplit.HoldOut(rows, 2, 0.25, seed).Validation.Features;
        Assert.Equal(Held(1), Held(1));
        Assert.NotEqual(Held(1), Held(2));
    }

    [Fact]
    public void The_Choice_Never_Changes()
    {
        // Computed apart from this code, from the description of HoldOut.
        var split = StratifiedSplit.HoldOut(Rows([8, 8]), 2, 0.25, seed: 1);
        var held = Enumerable.Range(0, 4).Select(i => (int)split.Validation.Row(i)[0]);
        Assert.Equal([0, 1, 6, 7], held);
    }

    [Fact]
    public void Refuses_Classes_Of_One_Row_And_Impossible_Shares()
    {
        var error = Assert.Throws<InputException>(() => StratifiedSplit.HoldOut(Rows([1, 1]), 2, 0.5, 1));
        Assert.Contains("every class has a single training row", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.HoldOut(Rows([5, 5]), 2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.HoldOut(Rows([5, 5]), 2, double.NaN, 1));
    }

    // Classes take turns, as in a file without order; the features are the row's number and its class.
    private static LabelledRows Rows(int[] counts)
    {
        var labels = counts
            .SelectMany((count, c) => Enumerable.Range(0, count).Select(i => (Turn: i, Class: c)))
            .OrderBy(row => row.Turn)
            .Select(row => row.Class)
            .ToArray();
        return new LabelledRows([.. labels.SelectMany((label, row) => new float[] { row, label })], 2, labels);
    }
}
