using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Uploads;

public sealed class RecordingLabellingTests
{
    private static readonly byte[] Recording = AudioConversionTests.Recording(8_000);

    private readonly InMemoryArtifactStore _store = InMemoryArtifactStore.WithContainers();

    [Fact]
    public async Task Labels_A_Recording_Where_A_Model_Is_Set()
    {
        await _store.WriteAsync(BlobPaths.Trial("tones", SweepFiles.Model), ToneModel.Create());
        await UploadAsync(Recording);

        await Conversion("tones").RunAsync("a.aiff");

        var document = (await Conversion(null).FindAsync("a.aiff"))!;
        var note = Assert.Single(document.Labels!.Notes);
        Assert.Equal(ToneModel.Whistle, note.Label);
        Assert.Equal(ToneModel.Whistle, document.Labels.Label);
        var page = Encoding.UTF8.GetString(_store.Snapshot()["audio/a.aiff/index.html"]);
        Assert.Contains("<span>whistle</span></button>", page, StringComparison.Ordinal);
        Assert.Contains($"<h2>{document.Labels.Sentence}</h2>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Converts_And_Warns_Where_The_Model_Cannot_Label()
    {
        await UploadAsync(Recording);

        Assert.Equal(UploadOutcome.Processed, (await Conversion("gone").RunAsync("a.aiff")).Outcome);

        var document = (await Conversion(null).FindAsync("a.aiff"))!;
        Assert.Null(document.Labels);
        Assert.Equal(
            "It has no label by 'gone': there is no model 'gone'; name a sweep that has completed, or a finished trial.",
            Assert.Single(document.Recording.Warnings));
    }

    private Task UploadAsync(byte[] recording) => _store.WriteAsync(BlobPaths.AudioUpload("a.aiff"), recording);

    private AudioConversion Conversion(string? classifier) => new(
        _store,
        new Rejections(_store, new ManualTimeProvider()),
        new RecordingLabelling(new ClassifierSetting(classifier), new StoredModels(_store), NullLogger<RecordingLabelling>.Instance),
        NullLogger<AudioConversion>.Instance);
}
