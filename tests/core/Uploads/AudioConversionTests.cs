using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Audio;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Tests.Audio;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Uploads;

public sealed class AudioConversionTests
{
    private static readonly byte[] Good = Recording();
    private static readonly byte[] Bad = Encoding.ASCII.GetBytes("This is no recording, whatever its name says.");

    private readonly InMemoryArtifactStore _store = InMemoryArtifactStore.WithContainers();

    [Fact]
    public async Task A_Recording_Becomes_Wav_Spectrogram_And_Page()
    {
        const string name = "Oboe.mf.Eb5F5.aiff";
        await UploadAsync(name, await File.ReadAllBytesAsync(RepositoryPaths.Sample(name)));

        var result = await Conversion(_store).RunAsync(name);

        Assert.Equal(new UploadResult(UploadOutcome.Processed, $"{name} is converted: audio/{name}/"), result);
        Assert.Equal(["audio.json", "audio.wav", "index.html", "mel.npy", "mel.png"], Files(name));
        var document = (await Conversion(_store).FindAsync(name))!;
        Assert.Equal((name, "AIFF", 44_100), (document.Name, document.Recording.Format, (int)document.Recording.SampleRate));
        Assert.Equal((await _store.FindAsync(BlobPaths.AudioUpload(name)))!.ETag, document.ETag);
        await using var mel = await _store.OpenReadAsync(BlobPaths.Audio(name, "mel.npy"));
        Assert.Equal([document.Mel.Bands, document.Mel.Frames], (await NpyReader.OpenAsync(mel)).Header.Shape);
        Assert.Equal((128, 22_050, 8_000), (document.Mel.Bands, (int)document.Mel.SampleRate, (int)document.Mel.MaxFrequency));
        await using var wav = await _store.OpenReadAsync(BlobPaths.Audio(name, "audio.wav"));
        Assert.Equal(document.Recording.Frames, MusicPipeline.Audio.Recordings.Recording.Inspect(wav).Frames);
        Assert.Contains(name, Encoding.UTF8.GetString(_store.Snapshot()[$"audio/{name}/index.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b/Übung №1 – 音楽 🎻.aiff", "a b/Übung №1 – 音楽 🎻.aiff")]
    [InlineData("..\\..\\x .aiff ", "..%5C..%5Cx .aiff%20")]
    [InlineData("take?*<1>.aiff", "take%3F%2A%3C1%3E.aiff")]
    public async Task Any_Name_Is_Safe(string name, string folder)
    {
        await UploadAsync(name, Good);

        Assert.Equal(UploadOutcome.Processed, (await Conversion(_store).RunAsync(name)).Outcome);
        Assert.Contains($"audio/{folder}/audio.json", _store.Snapshot().Keys);
        Assert.Equal(name, (await Catalog().GetAsync(name)).Name);
    }

    [Fact]
    public async Task An_Empty_Or_Missing_Upload_Is_Ignored()
    {
        await UploadAsync("begun.aiff", []);

        Assert.Equal(
            new UploadResult(UploadOutcome.Ignored, "begun.aiff is empty or gone."), await Conversion(_store).RunAsync("begun.aiff"));
        Assert.Equal(UploadOutcome.Ignored, (await Conversion(_store).RunAsync("none.aiff")).Outcome);
        Assert.Equal(["audio-uploads/begun.aiff"], _store.Snapshot().Keys);
    }

    [Fact]
    public async Task The_Same_Version_Is_Converted_Once()
    {
        await UploadAsync("a.aiff", Good);
        await Conversion(_store).RunAsync("a.aiff");
        var etag = (await _store.FindAsync(BlobPaths.Audio("a.aiff", "audio.wav")))!.ETag;

        var again = await Conversion(_store).RunAsync("a.aiff");

        Assert.Equal(new UploadResult(UploadOutcome.AlreadyProcessed, "a.aiff is converted: audio/a.aiff/"), again);
        Assert.Equal(etag, (await _store.FindAsync(BlobPaths.Audio("a.aiff", "audio.wav")))!.ETag);
    }

    [Fact]
    public async Task A_New_Version_Replaces_The_Results()
    {
        await UploadAsync("a.aiff", Good);
        await Conversion(_store).RunAsync("a.aiff");
        await UploadAsync("a.aiff", Recording(frames: 5_000));

        Assert.Equal(UploadOutcome.Processed, (await Conversion(_store).RunAsync("a.aiff")).Outcome);
        Assert.Equal(5_000, (await Catalog().GetAsync("a.aiff")).Recording.Frames);
    }

    [Fact]
    public async Task Duplicates_At_Once_Leave_One_Result()
    {
        await UploadAsync("a.aiff", Good);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Conversion(_store).RunAsync("a.aiff"))));

        Assert.All(results, result => Assert.Contains(result.Outcome, new[] { UploadOutcome.Processed, UploadOutcome.AlreadyProcessed }));
        Assert.Equal(5, Files("a.aiff").Length);
        Assert.Equal((await _store.FindAsync(BlobPaths.AudioUpload("a.aiff")))!.ETag, (await Catalog().GetAsync("a.aiff")).ETag);
    }

    [Fact]
    public async Task A_Wrong_File_Is_Rejected_In_A_Sentence_And_Stays_Where_It_Is()
    {
        await UploadAsync("a b.aiff", Bad);

        var result = await Conversion(_store).RunAsync("a b.aiff");

        Assert.Equal(UploadOutcome.Rejected, result.Outcome);
        Assert.StartsWith("a b.aiff: ", result.Message, StringComparison.Ordinal);
        Assert.Equal(["audio-uploads/a b.aiff", "rejected/audio-uploads/a b.aiff.json"], _store.Snapshot().Keys.Order());
        var rejected = (await Rejections(_store).FindAsync(BlobPaths.AudioUpload("a b.aiff")))!;
        Assert.Equal(("audio-uploads/a b.aiff", result.Message), (rejected.Upload, rejected.Message));
        Assert.Equal((await _store.FindAsync(BlobPaths.AudioUpload("a b.aiff")))!.ETag, rejected.ETag);
    }

    [Fact]
    public async Task A_Rejection_Goes_With_A_Good_Upload()
    {
        await UploadAsync("a.aiff", Bad);
        await Conversion(_store).RunAsync("a.aiff");
        await UploadAsync("a.aiff", Good);

        Assert.Equal(UploadOutcome.Processed, (await Conversion(_store).RunAsync("a.aiff")).Outcome);
        Assert.DoesNotContain(_store.Snapshot().Keys, name => name.StartsWith("rejected/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Find", 2)]
    [InlineData("OpenRead", 1)]
    [InlineData("Write", 1)]
    [InlineData("Write", 3)]
    [InlineData("Write", 5)]
    public async Task Of_Two_Uploads_During_The_Conversion_The_Last_Wins(string operation, int count)
    {
        await UploadAsync("a.aiff", Good);
        var calls = 0;
        var store = Before(call =>
        {
            if (call.Operation == operation && ++calls == count) return UploadAsync("a.aiff", Recording(frames: 5_000));
            return Task.CompletedTask;
        });

        var result = await Conversion(store).RunAsync("a.aiff");

        Assert.Contains(result.Outcome, new[] { UploadOutcome.Processed, UploadOutcome.AlreadyProcessed });
        Assert.Equal((await _store.FindAsync(BlobPaths.AudioUpload("a.aiff")))!.ETag, (await Catalog().GetAsync("a.aiff")).ETag);
        Assert.Equal(5_000, (await Catalog().GetAsync("a.aiff")).Recording.Frames);
    }

    [Fact]
    public async Task A_Rejection_That_Comes_Late_Does_Not_Outlive_The_Good_Upload()
    {
        await UploadAsync("a.aiff", Bad);
        var repaired = false;
        var store = Before(async call =>
        {
            if (repaired || call.Operation != "Write" || call.Path.Container != Containers.Rejected) return;
            repaired = true;
            await UploadAsync("a.aiff", Good);
            await Conversion(_store).RunAsync("a.aiff");
        });

        var result = await Conversion(store).RunAsync("a.aiff");

        Assert.Equal(UploadOutcome.AlreadyProcessed, result.Outcome);
        Assert.DoesNotContain(_store.Snapshot().Keys, name => name.StartsWith("rejected/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_Upload_That_Goes_Away_Is_Ignored()
    {
        await UploadAsync("a.aiff", Good);
        var store = Before(async call =>
        {
            if (call.Operation == "OpenRead") await _store.DeleteAsync(BlobPaths.AudioUpload("a.aiff"));
        });

        Assert.Equal(UploadOutcome.Ignored, (await Conversion(store).RunAsync("a.aiff")).Outcome);
    }

    [Fact]
    public async Task A_Crash_On_The_Way_Is_Made_Up_For()
    {
        await UploadAsync("a.aiff", Good);
        await Conversion(_store).RunAsync("a.aiff");
        var expected = Results();
        for (var at = 1; at <= 12; at++)
        {
            var fresh = InMemoryArtifactStore.WithContainers();
            await fresh.WriteAsync(BlobPaths.AudioUpload("a.aiff"), Good);
            var crashing = new FaultyArtifactStore(fresh, call => call.Number == at ? StoreFault.Before : StoreFault.None);
            try
            {
                await Conversion(crashing).RunAsync("a.aiff");
            }
            catch (IOException)
            {
                Assert.NotEqual(UploadOutcome.Ignored, (await Conversion(fresh).RunAsync("a.aiff")).Outcome);
            }

            Assert.Equal(expected, fresh.Snapshot().Where(IsResult).Select(blob => (blob.Key, Convert.ToHexString(blob.Value))));
        }
    }

    [Fact]
    public async Task A_Recording_Without_A_Sample_Is_Rejected_And_Leaves_No_File()
    {
        await UploadAsync("empty.aiff", Recording(frames: 0));

        var result = await Conversion(_store).RunAsync("empty.aiff");

        Assert.Equal(
            new UploadResult(
                UploadOutcome.Rejected,
                "empty.aiff: the recording holds no sound: no whole frame is in its SSND chunk; export or upload it again."),
            result);
        Assert.Equal(["audio-uploads/empty.aiff", "rejected/audio-uploads/empty.aiff.json"], _store.Snapshot().Keys.Order());
    }

    [Fact]
    public async Task The_Catalog_Says_Why_There_Is_Nothing_To_Show()
    {
        await UploadAsync("bad.aiff", Bad);
        await UploadAsync("new.aiff", Good);
        var message = (await Conversion(_store).RunAsync("bad.aiff")).Message;

        await SaysAsync("bad.aiff", message, InputErrorKind.Conflict);
        await SaysAsync("new.aiff", "new.aiff: it is not converted yet; ask again in a moment.", InputErrorKind.Conflict);
        await SaysAsync("none.aiff", "there is no recording 'none.aiff'; upload it to audio-uploads.", InputErrorKind.NotFound);
        await SaysAsync(
            "../datasets/x",
            "the name '../datasets/x' has a '.' or '..' for a folder; give the file another name.",
            InputErrorKind.Invalid);
    }

    [Fact]
    public async Task The_Catalog_Does_Not_Show_The_Results_Of_An_Older_Version_For_A_Rejected_One()
    {
        await UploadAsync("a.aiff", Good);
        await Conversion(_store).RunAsync("a.aiff");
        await UploadAsync("a.aiff", Bad);
        var message = (await Conversion(_store).RunAsync("a.aiff")).Message;

        await SaysAsync("a.aiff", message, InputErrorKind.Conflict);
    }

    /// <summary>A tone of 440 Hz, mono, at 8 kHz.</summary>
    internal static byte[] Recording(int frames = 4_000)
    {
        var sound = new byte[frames * 2];
        for (var frame = 0; frame < frames; frame++)
        {
            var sample = (short)(16_000 * Math.Sin(2 * Math.PI * 440 * frame / 8_000));
            BinaryPrimitives.WriteInt16BigEndian(sound.AsSpan(frame * 2), sample);
        }

        return AiffBuilder.Simple(sound, rate: 8_000);
    }

    private static bool IsResult(KeyValuePair<string, byte[]> blob) =>
        blob.Key.StartsWith("audio/", StringComparison.Ordinal) && !blob.Key.EndsWith("audio.json", StringComparison.Ordinal);

    private static Rejections Rejections(IArtifactStore store) => new(store, new ManualTimeProvider());

    private static AudioConversion Conversion(IArtifactStore store) => new(
        store,
        Rejections(store),
        new RecordingLabelling(
            new ClassifierSetting(null), new StoredModels(store), NullLogger<RecordingLabelling>.Instance),
        NullLogger<AudioConversion>.Instance);

    private IEnumerable<(string, string)> Results() =>
        [.. _store.Snapshot().Where(IsResult).Select(blob => (blob.Key, Convert.ToHexString(blob.Value)))];

    /// <summary>The store, with something that happens right before a call.</summary>
    private FaultyArtifactStore Before(Func<StoreCall, Task> act) => new(_store, async call =>
    {
        await act(call);
        return StoreFault.None;
    });

    private AudioCatalog Catalog() => new(Conversion(_store), Rejections(_store), _store);

    private string[] Files(string name) =>
        [.. _store.Snapshot().Keys
            .Where(key => key.StartsWith($"audio/{name}/", StringComparison.Ordinal))
            .Select(key => key.Split('/')[^1])
            .Order()];

    private Task UploadAsync(string name, byte[] content) => _store.WriteAsync(BlobPaths.AudioUpload(name), content);

    private async Task SaysAsync(string name, string message, InputErrorKind kind)
    {
        var exception = await Assert.ThrowsAsync<InputException>(() => Catalog().GetAsync(name));
        Assert.Equal((message, kind), (exception.Message, exception.Kind));
    }
}
