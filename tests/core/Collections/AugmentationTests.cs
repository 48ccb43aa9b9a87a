using MusicPipeline.Collections;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Collections;

/// <summary>Altered copies of training notes, and where they never are.</summary>
public sealed class AugmentationTests
{
    [Fact]
    public async Task Training_Notes_Get_Copies_And_Test_Notes_None()
    {
        var rig = new CollectRig(await CollectRig.StoreAsync());
        var plain = (await rig.CollectAsync()).Results!;
        var without = await rig.LoadAsync();

        var view = (await rig.CollectAsync(copies: 2)).Results!;

        var dataset = await rig.LoadAsync();
        Assert.Equal((2, (int?)null), (view.Copies, plain.Copies));
        Assert.Equal((24, 36, 4), (dataset.Info.TrainCopies, dataset.Train.Rows, dataset.Test.Rows));
        Assert.Equal((12, 24), (dataset.Info.TrainOriginals, dataset.Train.Copies));
        Assert.Equal(without.Train.Labels, dataset.Train.Labels[..12]);
        Assert.Equal(without.Test.Labels, dataset.Test.Labels);
        Assert.Equal(plain.Labels, view.Labels);
        Assert.NotEqual(plain.Version, view.Version);
        // Each copy has the class and the recording of its note, and is not the note.
        Assert.All(dataset.Train.Groups!.OfRows.Zip(dataset.Train.Labels), row =>
            Assert.StartsWith(dataset.Info.ClassNames![row.Second] + "/", dataset.Info.Groups![row.First].Name, StringComparison.Ordinal));
        var rows = Enumerable.Range(0, 36).Select(row => string.Join(' ', dataset.Train.Row(row).ToArray())).ToArray();
        Assert.Equal(36, rows.Distinct().Count());

        Assert.Equal(plain.Version, (await rig.CollectAsync()).Results!.Version);
        Assert.Equal(view.Version, (await new CollectRig(await CollectRig.StoreAsync()).CollectAsync(copies: 2)).Results!.Version);
    }

    [Fact]
    public async Task Copies_Are_Never_Validated_On()
    {
        var rig = new CollectRig(await CollectRig.StoreAsync());
        await rig.CollectAsync();
        var plain = await rig.LoadAsync();
        await rig.CollectAsync(copies: 3);
        var dataset = await rig.LoadAsync();
        foreach (var fold in (int[])[0, 1, 2])
        {
            var expected = StratifiedSplit.Fold(plain.Train, 2, 3, fold, seed: 0);
            var split = StratifiedSplit.Fold(dataset.Train, 2, 3, fold, seed: 0);
            Assert.Equal(expected.Validation.Labels, split.Validation.Labels);
            Assert.Equal(expected.Validation.Groups!.OfRows, split.Validation.Groups!.OfRows);
            Assert.Equal(0, split.Validation.Copies);
            Assert.Equal((4 * expected.Training.Rows, 3 * expected.Training.Rows), (split.Training.Rows, split.Training.Copies));
            Assert.Empty(split.Training.Groups!.OfRows.Intersect(split.Validation.Groups.OfRows));
        }
    }

    [Fact]
    public void A_Copy_Is_Cropped_And_Altered_As_Said()
    {
        var note = Enumerable.Range(0, 5000).Select(i => MathF.Sin(i * 0.1f)).ToArray();
        for (var seed = 0UL; seed < 200; seed++)
        {
            var copy = NoteCopies.Alter(note, new SplitMix64(seed));
            Assert.InRange(copy.Length, 4000, 5000);
            var level = 20 * Math.Log10(Math.Sqrt(copy.Average(value => (double)value * value) * 2));
            Assert.InRange(level, -16, 15);
            Assert.Equal(copy, NoteCopies.Alter(note, new SplitMix64(seed)));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(21)]
    public async Task Other_Numbers_Are_Refused(int copies)
    {
        var rig = new CollectRig(await CollectRig.StoreAsync());
        var error = await Assert.ThrowsAsync<InputException>(() => rig.Service.StartAsync(CollectRig.Name, copies: copies));
        Assert.Contains("1 to 20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_Are_As_They_Were_Where_Nobody_Asks()
    {
        var store = await CollectRig.StoreAsync();
        await new CollectRig(store).CollectAsync();
        Assert.DoesNotContain(store.Snapshot(), file =>
            file.Key.EndsWith(".json", StringComparison.Ordinal)
            && System.Text.Encoding.UTF8.GetString(file.Value).Contains("opies", StringComparison.Ordinal));
    }
}
