using System.Text;
using MusicPipeline.Collections;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Collections;

public sealed class CollectTests
{
    [Fact]
    public async Task Notes_Of_Labelled_Recordings_Become_A_Data_Set()
    {
        var rig = new CollectRig(await CollectRig.StoreAsync());
        Assert.Equal(CollectionState.Uploaded, (await rig.Service.GetAsync(CollectRig.Name)).State);

        var view = await rig.CollectAsync();

        Assert.Equal(CollectionState.Collected, view.State);
        var dataset = await rig.LoadAsync();
        Assert.Equal(view.Results!.Version, dataset.Info.Version);
        Assert.Equal(["cello", "violin"], dataset.Info.ClassNames);
        Assert.Equal("timbre/1", dataset.Info.Recipe);
        Assert.Equal(120, dataset.Info.Features);
        Assert.Equal((12, 4), (dataset.Train.Rows, dataset.Test.Rows));
        Assert.Equal([2, 2], dataset.Info.Test.RowsPerClass);
        // A group is a recording, and none is on both sides.
        Assert.Equal(8, dataset.Info.Groups!.Count);
        Assert.Empty(dataset.Train.Groups!.OfRows.Intersect(dataset.Test.Groups!.OfRows));
        Assert.All(dataset.Train.Groups.OfRows.Zip(dataset.Train.Labels), row =>
            Assert.StartsWith(dataset.Info.ClassNames![row.Second] + "/", dataset.Info.Groups[row.First].Name, StringComparison.Ordinal));
        Assert.Equal([("cello", 4, 8, 1, 2), ("violin", 4, 8, 1, 2)], view.Results.Labels.Select(
            label => (label.Name, label.Recordings, label.Notes, label.TestRecordings, label.TestNotes)));
        Assert.Equal(3.6, view.Results.Labels[0].Seconds, 2);
        Assert.Equal([CollectRig.Name], (await rig.Service.ListAsync()).Select(one => one.Name));
    }

    [Fact]
    public async Task Nothing_Is_Read_Twice_And_A_Recording_More_Is_Read_Alone()
    {
        var store = await CollectRig.StoreAsync();
        var read = new List<string>();
        var rig = new CollectRig(new FaultyArtifactStore(store, call =>
        {
            lock (read)
                if (call is { Operation: "OpenRead", Path.Container: Containers.Recordings }) read.Add(call.Path.Name);
            return StoreFault.None;
        }));
        var first = await rig.CollectAsync();
        Assert.Equal(8, read.Count);
        var files = store.Snapshot();

        Assert.Equal(first.Results!.Version, (await rig.CollectAsync()).Results!.Version);
        Assert.Equal(8, read.Count);
        Assert.All(
            store.Snapshot().Where(file => !file.Key.EndsWith("state.json", StringComparison.Ordinal)),
            file => Assert.Equal(files[file.Key], file.Value));

        await CollectRig.UploadAsync(store, "violin/new.wav", CollectRig.Wave(900, notes: 3));
        var grown = await rig.CollectAsync();
        Assert.NotEqual(first.Results.Version, grown.Results!.Version);
        Assert.Equal("strings/violin/new.wav", Assert.Single(read[8..]));
        Assert.Equal(11, grown.Results.Labels[1].Notes);
        Assert.Empty(await store.ListAsync(Containers.Collections, "strings/work/").ToListAsync());
    }

    [Fact]
    public async Task What_Cannot_Be_Used_Is_Left_Out_And_Said()
    {
        var store = await CollectRig.StoreAsync();
        await CollectRig.UploadAsync(store, "cello/silent.wav", CollectRig.Wave(0));
        await CollectRig.UploadAsync(store, "cello/short.wav", CollectRig.Wave(300, notes: 1)[..(44 + 2200)]);
        await CollectRig.UploadAsync(store, "cello/twin.wav", CollectRig.Wave(110));
        await CollectRig.UploadAsync(store, "cello/notes.txt", "these are no samples, but words and more words"u8.ToArray());
        await CollectRig.UploadAsync(store, "stray.wav", CollectRig.Wave(500));
        await CollectRig.UploadAsync(store, "cello/deep/er.wav", CollectRig.Wave(501));
        await CollectRig.UploadAsync(store, "oboe/only.wav", CollectRig.Wave(333));
        var rig = new CollectRig(store);

        var view = await rig.CollectAsync();

        Assert.Equal(CollectionState.Collected, view.State);
        var left = view.Results!.LeftOut.ToDictionary(one => one.File, one => one.Reason, StringComparer.Ordinal);
        Assert.Equal("no note was found in it; check that it is not silent, or take it out.", left["cello/silent.wav"]);
        Assert.Equal("it is the same recording as cello/0.wav; remove one of them.", left["cello/twin.wav"]);
        Assert.Equal("it does not lie in the folder of a label; put it into recordings/strings/<label>.", left["stray.wav"]);
        Assert.Contains("cello/deep/er.wav", left.Keys);
        Assert.Contains("neither the FORM chunk of an AIFF nor the RIFF chunk of a WAV", left["cello/notes.txt"], StringComparison.Ordinal);
        Assert.NotNull(await rig.Rejections.FindAsync(BlobPaths.Recording(CollectRig.Name, "cello/notes.txt")));
        Assert.Equal(
            "oboe has one recording, which is trained on and never tested: it takes three or more recordings, or sources, to hold one out.",
            Assert.Single(view.Results.Remarks));
        var report = Encoding.UTF8.GetString(store.Snapshot()["collections/strings/report.md"]);
        Assert.Contains("it is the same recording as cello/0.wav", report, StringComparison.Ordinal);

        // What is repaired is taken, and the rejection goes.
        await CollectRig.UploadAsync(store, "cello/notes.txt", CollectRig.Wave(150));
        Assert.DoesNotContain("cello/notes.txt", (await rig.CollectAsync()).Results!.LeftOut.Select(one => one.File));
        Assert.Null(await rig.Rejections.FindAsync(BlobPaths.Recording(CollectRig.Name, "cello/notes.txt")));
    }

    [Fact]
    public async Task Equal_Recordings_Under_Two_Labels_Are_Named_And_Refused()
    {
        var store = await CollectRig.StoreAsync();
        var rig = new CollectRig(store);
        var before = (await rig.CollectAsync()).Results!.Version;
        await CollectRig.UploadAsync(store, "violin/copy.wav", CollectRig.Wave(111));

        var view = await rig.CollectAsync();

        Assert.Equal(CollectionState.Refused, view.State);
        Assert.Equal(
            "strings: cello/1.wav and violin/copy.wav are the same recording under two labels; remove the one that is wrong.",
            view.Results!.Problem);
        // What there was before stays.
        Assert.Equal(before, (await rig.Datasets.FindCurrentAsync(CollectRig.Name))!.Version);
        await store.DeleteAsync(BlobPaths.Recording(CollectRig.Name, "violin/copy.wav"));
        Assert.Equal(before, (await rig.CollectAsync()).Results!.Version);
    }

    [Theory]
    [InlineData("cello", 4, "all its recordings are under the label 'cello', which is one class")]
    [InlineData("cello violin", 2, "no label has three recordings (or sources), so that none can be held out for the test")]
    public async Task Too_Little_Is_Refused(string labels, int recordings, string problem)
    {
        var store = InMemoryArtifactStore.WithContainers();
        foreach (var (index, label) in labels.Split(' ').Index())
        {
            for (var i = 0; i < recordings; i++)
                await CollectRig.UploadAsync(store, $"{label}/{i}.wav", CollectRig.Wave(200 + i + (300 * index)));
        }

        var view = await new CollectRig(store).CollectAsync();
        Assert.Equal(CollectionState.Refused, view.State);
        Assert.Contains(problem, view.Results!.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"cello/*": 3}""")]
    [InlineData("{")]
    public async Task Sources_That_Cannot_Be_Read_Are_Refused(string json)
    {
        var store = await CollectRig.StoreAsync();
        await CollectRig.UploadAsync(store, RecordingName.SourcesFile, Encoding.UTF8.GetBytes(json));
        var view = await new CollectRig(store).CollectAsync();
        Assert.StartsWith("sources.json: it is no JSON object of files", view.Results!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recordings_Of_One_Source_Stay_On_One_Side()
    {
        var store = await CollectRig.StoreAsync(recordings: 6);
        await CollectRig.UploadAsync(
            store, RecordingName.SourcesFile, """{"*/0.wav": "anna", "*/1.wav": "anna", "cello/2.wav": "ben"}"""u8.ToArray());
        await CollectRig.UploadAsync(store, "violin/cleo--1.wav", CollectRig.Wave(480));
        await CollectRig.UploadAsync(store, "violin/cleo--2.wav", CollectRig.Wave(490));
        var rig = new CollectRig(store);

        var view = await rig.CollectAsync();

        var dataset = await rig.LoadAsync();
        var groups = dataset.Info.Groups!.ToDictionary(group => group.Name, group => group.Source, StringComparer.Ordinal);
        Assert.All(["cello/0.wav", "cello/1.wav", "violin/0.wav", "violin/1.wav"], file => Assert.Equal("anna", groups[file]));
        Assert.Equal(("ben", "cleo", null), (groups["cello/2.wav"], groups["violin/cleo--1.wav"], groups["violin/2.wav"]));
        Assert.Empty(dataset.Train.Groups!.OfRows.Select(group => dataset.Train.Groups.Units[group])
            .Intersect(dataset.Test.Groups!.OfRows.Select(group => dataset.Test.Groups.Units[group])));
        Assert.Equal(
            [("anna", 4, 8), ("ben", 1, 2), ("cleo", 2, 4)],
            view.Results!.Sources.Select(one => (one.Name, one.Recordings, one.Notes)));
    }

    [Fact]
    public async Task A_Data_Set_Of_Arrays_Is_Not_Replaced()
    {
        var store = await CollectRig.StoreAsync();
        await store.WriteJsonAsync(
            BlobPaths.DatasetCurrent(CollectRig.Name),
            new CurrentDataset("0123", new Dictionary<string, string> { ["strings_train_data.npy"] = "1" }));
        var view = await new CollectRig(store).CollectAsync();
        Assert.Contains("a data set of this name that was made of uploaded arrays", view.Results!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Collection_Keeps_Its_Recipe_Until_Another_Is_Named()
    {
        var rig = new CollectRig(await CollectRig.StoreAsync());
        var first = await rig.CollectAsync("mfcc-6x20");
        Assert.Equal("mfcc-6x20/1", first.Results!.Recipe);
        Assert.Equal(first.Results.Version, (await rig.CollectAsync()).Results!.Version);
        var other = await rig.CollectAsync("timbre");
        Assert.Equal("timbre/1", other.Results!.Recipe);
        Assert.NotEqual(first.Results.Version, other.Results.Version);
    }

    [Fact]
    public async Task Names_Are_Checked_Before_Anything_Begins()
    {
        var rig = new CollectRig(await CollectRig.StoreAsync());
        Assert.Equal(
            InputErrorKind.NotFound, (await Assert.ThrowsAsync<InputException>(() => rig.Service.StartAsync("nothing"))).Kind);
        await Assert.ThrowsAsync<InputException>(() => rig.Service.StartAsync("../strings"));
        await Assert.ThrowsAsync<InputException>(() => rig.Service.GetAsync("nothing"));
        Assert.Contains(
            "there is no recipe 'mfcc-6x20/7'",
            (await Assert.ThrowsAsync<InputException>(() => rig.Service.StartAsync(CollectRig.Name, "mfcc-6x20/7"))).Message,
            StringComparison.Ordinal);
        Assert.Empty(await rig.Store.ListAsync(Containers.Collections).ToListAsync());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData(" a")]
    [InlineData("a:b")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void Labels_That_Are_No_Folders_Are_Refused(string label) =>
        Assert.Throws<InputException>(() => RecordingName.Of("strings", label, "a.wav"));

    [Theory]
    [InlineData("C# trumpet")]
    [InlineData("Flöte, 笛")]
    [InlineData("french_horn")]
    public void Any_Other_Short_Text_Is_A_Label(string label) =>
        Assert.Equal($"recordings/strings/{label}/a.wav", RecordingName.Of("strings", label, "a.wav").Upload.ToString());
}
