using System.Text;
using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.TestSupport;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>A sweep on a data set whose rows are notes of recordings.</summary>
public sealed class SweepOnRecordingsTests
{
    [Theory]
    [InlineData("5-fold")]
    [InlineData("0.2")]
    [InlineData("test")]
    public async Task Speaks_In_Names_By_Note_And_By_Recording_And_Says_When_It_Is_Sure(string validation)
    {
        var store = InMemoryArtifactStore.WithContainers();
        var built = await DatasetBuilder.BuildAsync("strings", new Notes(), TestContext.Current.CancellationToken);
        await new DatasetStore(store).SaveAsync(
            built, new Dictionary<string, string>(StringComparer.Ordinal), TestContext.Current.CancellationToken);
        Assert.True(ValidationRule.TryParse(validation, out var rule));
        var request = new SweepRequest
        {
            Dataset = "strings", LearningRates = [0.05], HiddenUnits = [8], Epochs = 20, BatchSize = 8, Validation = rule,
        };

        var sweep = await new SweepRig(store).RunAsync(request);

        Assert.Equal(SweepState.Completed, sweep.State);
        var files = store.Snapshot();
        var report = Encoding.UTF8.GetString(files[$"sweeps/{sweep.Id}/report.md"]);
        Assert.Contains("notes of one recording are never on both sides", report, StringComparison.Ordinal);
        Assert.Contains("### Recording by recording", report, StringComparison.Ordinal);
        Assert.Contains("of 4 test recordings are labelled rightly", report, StringComparison.Ordinal);
        // The fourth test recording is an oboe that sounds like a clarinet.
        Assert.Contains("oboe taken for clarinet (once)", report, StringComparison.Ordinal);
        Assert.Contains("oboe taken for clarinet (3 times)", report, StringComparison.Ordinal);
        Assert.Contains($"sweeps/{sweep.Id}/charts/winner-recordings.png", files.Keys);
        if (validation != "test") Assert.Contains("training recordings", report, StringComparison.Ordinal);

        using var stream = new MemoryStream(files[$"sweeps/{sweep.Id}/best.onnx"]);
        var metadata = OnnxModelReader.Read(stream).Metadata;
        Assert.Equal(["clarinet", "oboe"], metadata.ClassNames!);
        Assert.Equal("mfcc-6x20/1", metadata.Recipe);
        Assert.InRange(metadata.NotSureBelow!.Value, 0.5, 1);
        using var trial = new MemoryStream(files[$"trials/{sweep.Best!.TrialId}/model.onnx"]);
        Assert.Equal(metadata with { NotSureBelow = null }, OnnxModelReader.Read(trial).Metadata with
        {
            Classes = metadata.Classes,
            ClassNames = metadata.ClassNames,
        });
    }

    /// <summary>Two classes that a line divides, in recordings of three notes.</summary>
    private sealed class Notes : IRowSource
    {
        private const int TrainRecordings = 20;
        private const int TestRecordings = 4;

        public int Features => 2;

        public IReadOnlyDictionary<long, string> ClassNames { get; } =
            new Dictionary<long, string> { [0] = "clarinet", [1] = "oboe" };

        public IReadOnlyList<DatasetGroup> Groups { get; } =
            [.. Enumerable.Range(0, TrainRecordings + TestRecordings).Select(group => new DatasetGroup($"{group}.wav"))];

        public string Recipe => "mfcc-6x20/1";

        public IReadOnlyList<DatasetSource> Sources => [new("notes", "<f4", [72, 2], "5e")];

        public IAsyncEnumerable<RowBlock> ReadTrainAsync(CancellationToken cancellationToken) =>
            Enumerable.Range(0, TrainRecordings).Select(group => Recording(group, group % 2, group % 2)).ToAsyncEnumerable();

        public IAsyncEnumerable<RowBlock> ReadTestAsync(CancellationToken cancellationToken) => Enumerable
            .Range(TrainRecordings, TestRecordings)
            .Select(group => Recording(group, group % 2, group == TrainRecordings + TestRecordings - 1 ? 0 : group % 2))
            .ToAsyncEnumerable();

        public string NameOf(DatasetRole role) => role.ToString();

        private static RowBlock Recording(int group, int label, int sound)
        {
            var random = new Random(group);
            return new RowBlock(
                [.. Enumerable.Range(0, 6).Select(_ => (float)(random.NextDouble() + (sound == 0 ? -2 : 1)))],
                [label, label, label],
                [group, group, group]);
        }
    }
}
