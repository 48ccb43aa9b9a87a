using MusicPipeline.Collections;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Collections;

public sealed class RelabellingTests
{
    [Fact]
    public async Task A_Recording_Gets_Another_Label_And_The_Data_Set_With_It()
    {
        var store = await CollectRig.StoreAsync();
        var rig = new CollectRig(store);
        await rig.CollectAsync();
        var before = store.Snapshot()["recordings/strings/cello/0.wav"];

        var moved = await Of(store).MoveAsync("strings", "cello/0.wav", "viola da gamba");

        Assert.Equal(new RelabelledRecording("strings", "viola da gamba/0.wav"), moved);
        var files = store.Snapshot();
        Assert.Equal(before, files["recordings/strings/viola da gamba/0.wav"]);
        Assert.DoesNotContain("recordings/strings/cello/0.wav", files.Keys);
        var labels = (await rig.CollectAsync()).Results!.Labels;
        Assert.Equal([("cello", 3), ("viola da gamba", 1), ("violin", 4)], labels.Select(label => (label.Name, label.Recordings)));
    }

    [Fact]
    public async Task Killed_At_Any_Moment_Nothing_Is_Lost_And_Asking_Again_Ends_It()
    {
        for (var death = 0; ; death++)
        {
            var store = await CollectRig.StoreAsync();
            var content = store.Snapshot()["recordings/strings/cello/0.wav"];
            var calls = 0;
            var faulty = new FaultyArtifactStore(store, _ => calls++ == death ? StoreFault.Before : StoreFault.None);
            try
            {
                await Of(faulty).MoveAsync("strings", "cello/0.wav", "violin 2");
                Assert.InRange(death, 4, 20);
                return;
            }
            catch (IOException)
            {
                var files = store.Snapshot();
                var there = files
                    .Where(file => file.Key is "recordings/strings/cello/0.wav" or "recordings/strings/violin 2/0.wav").ToArray();
                Assert.NotEmpty(there);
                Assert.All(there, file => Assert.Equal(content, file.Value));
            }

            if (store.Snapshot().ContainsKey("recordings/strings/cello/0.wav"))
                await Of(store).MoveAsync("strings", "cello/0.wav", "violin 2");
            Assert.Equal(content, store.Snapshot()["recordings/strings/violin 2/0.wav"]);
            Assert.DoesNotContain("recordings/strings/cello/0.wav", store.Snapshot().Keys);
        }
    }

    [Theory]
    [InlineData("strings", "cello/9.wav", "oboe", "has no recording", InputErrorKind.NotFound)]
    [InlineData("winds", "cello/0.wav", "oboe", "has no recording", InputErrorKind.NotFound)]
    [InlineData("strings", "cello/0.wav", "cello", "already", InputErrorKind.Conflict)]
    [InlineData("strings", "cello/0.wav", "violin", "another recording lies", InputErrorKind.Conflict)]
    [InlineData("strings", "cello/0.wav", "a/b", "cannot have", InputErrorKind.Invalid)]
    [InlineData("strings", "0.wav", "oboe", "folder of a label", InputErrorKind.Invalid)]
    [InlineData("../strings", "cello/0.wav", "oboe", "name", InputErrorKind.Invalid)]
    public async Task What_Cannot_Be_Done_Is_Said_And_Nothing_Changes(
        string collection, string recording, string label, string problem, InputErrorKind kind)
    {
        var store = await CollectRig.StoreAsync();
        var before = store.Snapshot();
        var error = await Assert.ThrowsAsync<InputException>(() => Of(store).MoveAsync(collection, recording, label));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal(kind, error.Kind);
        Assert.Equal(before, store.Snapshot());
    }

    private static Relabelling Of(IArtifactStore store) => new(store, new Rejections(store, TimeProvider.System));
}
