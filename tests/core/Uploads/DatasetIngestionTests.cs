using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Uploads;

public sealed class DatasetIngestionTests
{
    private static readonly string[] NotesFiles = DatasetFileName.Expected("notes");

    private readonly InMemoryArtifactStore _store = InMemoryArtifactStore.WithContainers();

    [Fact]
    public async Task The_Sample_Becomes_A_Version()
    {
        foreach (var file in NotesFiles)
            await _store.WriteAsync(BlobPaths.DatasetUpload(file), await File.ReadAllBytesAsync(RepositoryPaths.Sample(file)));

        var result = await Ingestion(_store).RunAsync(NotesFiles[2]);

        Assert.Equal(UploadOutcome.Processed, result.Outcome);
        var info = await Datasets().ResolveAsync(null);
        Assert.Equal(
            $"notes is at version {info.Version}: {info.Train.Rows} training and {info.Test.Rows} test rows of "
            + $"{info.Features} features, {info.Classes.Length} classes.",
            result.Message);
        Assert.Equal((6_000, 1_500, 120, 10), (info.Train.Rows, info.Test.Rows, info.Features, info.Classes.Length));
        Assert.Equal(
            ["dataset.json", "scaler.json", "test_data.npy", "test_labels.npy", "train_data.npy", "train_labels.npy"],
            Blobs($"datasets/notes/{info.Version}/"));
    }

    [Fact]
    public async Task A_Data_Set_Waits_Until_It_Is_Complete()
    {
        var ingestion = Ingestion(_store);
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TrainLabels);
        await _store.WriteAsync(BlobPaths.DatasetUpload(NotesFiles[0]), ReadOnlyMemory<byte>.Empty);

        Assert.Equal(
            new UploadResult(
                UploadOutcome.WaitingForOthers,
                "notes waits for notes_train_data.npy, notes_test_data.npy, notes_test_labels.npy."),
            await ingestion.RunAsync("notes_train_labels.npy"));
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TestData);
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TestLabels);
        Assert.Equal("notes waits for notes_train_data.npy.", (await ingestion.RunAsync("notes_test_data.npy")).Message);
        Assert.Empty(Blobs("datasets/"));
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TrainData);

        Assert.Equal(UploadOutcome.Processed, (await ingestion.RunAsync("notes_train_data.npy")).Outcome);
        Assert.Equal(UploadOutcome.AlreadyProcessed, (await ingestion.RunAsync("notes_test_labels.npy")).Outcome);
    }

    [Fact]
    public async Task An_Empty_Or_Missing_Upload_Is_Ignored()
    {
        await _store.WriteAsync(BlobPaths.DatasetUpload("anything"), ReadOnlyMemory<byte>.Empty);

        Assert.Equal(new UploadResult(UploadOutcome.Ignored, "anything is empty or gone."), await Ingestion(_store).RunAsync("anything"));
        Assert.Equal(UploadOutcome.Ignored, (await Ingestion(_store).RunAsync("notes_test_data.npy")).Outcome);
        Assert.Empty(Blobs("rejected/"));
    }

    [Fact]
    public async Task A_Later_Upload_Makes_A_New_Version_And_The_Old_One_Stays()
    {
        await SmallData.UploadAsync(_store);
        await Ingestion(_store).RunAsync("notes_train_data.npy");
        var old = await Datasets().ResolveAsync("notes");
        var before = _store.Snapshot();
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TestData, seed: 2);

        Assert.Equal(UploadOutcome.Processed, (await Ingestion(_store).RunAsync("notes_test_data.npy")).Outcome);

        var current = await Datasets().ResolveAsync("notes");
        Assert.NotEqual(old.Version, current.Version);
        Assert.Equal([current.Version], (await Datasets().ListAsync()).Select(info => info.Version));
        Assert.All(
            before.Where(blob => blob.Key.StartsWith($"datasets/notes/{old.Version}/", StringComparison.Ordinal)),
            blob => Assert.Equal(blob.Value, _store.Snapshot()[blob.Key]));
        Assert.Equal(90, (await Datasets().LoadAsync("notes", old.Version)).Train.Rows);
    }

    [Fact]
    public async Task The_Same_Arrays_Again_Are_The_Same_Version()
    {
        await SmallData.UploadAsync(_store);
        await Ingestion(_store).RunAsync("notes_train_data.npy");
        var version = (await Datasets().ResolveAsync("notes")).Version;
        var before = Blobs($"datasets/notes/{version}/").Length;
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TestData, seed: 2);
        await Ingestion(_store).RunAsync("notes_test_data.npy");
        await SmallData.UploadAsync(_store);

        Assert.Equal(UploadOutcome.Processed, (await Ingestion(_store).RunAsync("notes_test_data.npy")).Outcome);
        Assert.Equal(version, (await Datasets().ResolveAsync("notes")).Version);
        Assert.Equal(before, Blobs($"datasets/notes/{version}/").Length);
    }

    [Fact]
    public async Task What_Does_Not_Fit_Is_Rejected_Until_It_Is_Mended()
    {
        await SmallData.UploadAsync(_store);
        await Ingestion(_store).RunAsync("notes_train_data.npy");
        var old = await Datasets().ResolveAsync("notes");
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TrainData, seed: 2, rows: 60);

        var rejected = await Ingestion(_store).RunAsync("notes_train_data.npy");

        Assert.Equal(UploadOutcome.Rejected, rejected.Outcome);
        Assert.Equal(
            "notes_train_labels.npy: it has 90 labels, but notes_train_data.npy has 60 rows; upload the labels that belong to these rows.",
            rejected.Message);
        Assert.Equal(["notes_train_data.npy.json", "notes_train_labels.npy.json"], Blobs("rejected/dataset-uploads/"));
        Assert.Equal(old.Version, (await Datasets().ResolveAsync("notes")).Version);

        await SmallData.UploadAsync(_store, "notes", DatasetRole.TrainLabels, rows: 60);
        Assert.Equal(UploadOutcome.Processed, (await Ingestion(_store).RunAsync("notes_train_labels.npy")).Outcome);
        Assert.Empty(Blobs("rejected/"));
        Assert.Equal(60, (await Datasets().ResolveAsync("notes")).Train.Rows);
    }

    [Theory]
    [InlineData("notes.npy")]
    [InlineData("notes_train_data.NPY")]
    [InlineData("sub/notes_train_data.npy")]
    [InlineData("_train_data.npy")]
    [InlineData("a\\b_train_data.npy")]
    public async Task A_Name_That_Says_Nothing_Is_Rejected(string name)
    {
        await _store.WriteAsync(BlobPaths.DatasetUpload(name), "x"u8.ToArray());

        var result = await Ingestion(_store).RunAsync(name);

        Assert.Equal(UploadOutcome.Rejected, result.Outcome);
        Assert.StartsWith($"{name}: the ", result.Message, StringComparison.Ordinal);
        Assert.Single(Blobs("rejected/dataset-uploads/"));
    }

    [Theory]
    [InlineData("Übung 音楽 2")]
    [InlineData("a.b")]
    [InlineData("..notes..")]
    public async Task Data_Sets_May_Have_Any_Decent_Name(string name)
    {
        await SmallData.UploadAsync(_store, name);

        Assert.Equal(UploadOutcome.Processed, (await Ingestion(_store).RunAsync($"{name}_test_data.npy")).Outcome);
        Assert.Equal(name, (await Datasets().ResolveAsync(name)).Name);
        Assert.Equal([name], (await Datasets().ListAsync()).Select(info => info.Name));
    }

    [Fact]
    public async Task A_Broken_Array_Is_Named_Whichever_Upload_Was_Looked_At()
    {
        await SmallData.UploadAsync(_store);
        await _store.WriteAsync(BlobPaths.DatasetUpload("notes_test_labels.npy"), Encoding.ASCII.GetBytes("no array at all"));

        var result = await Ingestion(_store).RunAsync("notes_train_data.npy");

        Assert.Equal(new UploadResult(UploadOutcome.WaitingForOthers, "notes waits for notes_test_labels.npy (rejected)."), result);
        Assert.Equal(["notes_test_labels.npy.json"], Blobs("rejected/dataset-uploads/"));
        var rejection = await Rejections(_store).FindAsync(BlobPaths.DatasetUpload("notes_test_labels.npy"));
        Assert.Equal("dataset-uploads/notes_test_labels.npy", rejection!.Upload);
        Assert.Equal((await _store.FindAsync(BlobPaths.DatasetUpload("notes_test_labels.npy")))!.ETag, rejection.ETag);
    }

    [Fact]
    public async Task All_Four_At_Once_Make_One_Version()
    {
        await SmallData.UploadAsync(_store);

        var results = await Task.WhenAll(NotesFiles.Concat(NotesFiles).Select(file => Task.Run(() => Ingestion(_store).RunAsync(file))));

        Assert.All(results, result => Assert.Contains(result.Outcome, new[] { UploadOutcome.Processed, UploadOutcome.AlreadyProcessed }));
        Assert.Single(await _store.ListFoldersAsync(Containers.Datasets, "notes/").ToListAsync());
        Assert.Empty(Blobs("rejected/"));
    }

    [Theory]
    [InlineData("OpenRead", 1)]
    [InlineData("OpenRead", 4)]
    [InlineData("Write", 1)]
    [InlineData("Write", 7)]
    public async Task An_Array_That_Is_Replaced_On_The_Way_Counts(string operation, int count)
    {
        await SmallData.UploadAsync(_store);
        var calls = 0;
        var store = Before(call => call.Operation == operation && Interlocked.Increment(ref calls) == count
            ? SmallData.UploadAsync(_store, "notes", DatasetRole.TestData, seed: 3)
            : Task.CompletedTask);

        var result = await Ingestion(store).RunAsync("notes_train_data.npy");

        Assert.Equal(UploadOutcome.Processed, result.Outcome);
        var expected = InMemoryArtifactStore.WithContainers();
        await SmallData.UploadAsync(expected);
        await SmallData.UploadAsync(expected, "notes", DatasetRole.TestData, seed: 3);
        await Ingestion(expected).RunAsync("notes_train_data.npy");
        Assert.Equal(
            (await new DatasetStore(expected).ResolveAsync("notes")).Version,
            (await Datasets().ResolveAsync("notes")).Version);
        Assert.Equal(UploadOutcome.AlreadyProcessed, (await Ingestion(_store).RunAsync("notes_test_data.npy")).Outcome);
    }

    [Fact]
    public async Task A_Rejection_That_Comes_Late_Does_Not_Outlive_The_Good_Uploads()
    {
        await SmallData.UploadAsync(_store);
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TrainData, rows: 60);
        var repaired = false;
        var store = Before(async call =>
        {
            if (repaired || call.Operation != "Write" || call.Path.Container != Containers.Rejected) return;
            repaired = true;
            await SmallData.UploadAsync(_store);
            await Ingestion(_store).RunAsync("notes_train_data.npy");
        });

        var result = await Ingestion(store).RunAsync("notes_train_data.npy");

        Assert.True(repaired);
        Assert.Equal(UploadOutcome.AlreadyProcessed, result.Outcome);
        Assert.Empty(Blobs("rejected/"));
    }

    [Fact]
    public async Task An_Array_That_Goes_Away_Is_Waited_For()
    {
        await SmallData.UploadAsync(_store);
        var store = Before(async call =>
        {
            if (call.Operation == "OpenRead") await _store.DeleteAsync(BlobPaths.DatasetUpload("notes_test_data.npy"));
        });

        var result = await Ingestion(store).RunAsync("notes_train_data.npy");

        Assert.Equal(new UploadResult(UploadOutcome.WaitingForOthers, "notes waits for notes_test_data.npy."), result);
    }

    [Fact]
    public async Task A_Crash_At_Any_Call_Is_Made_Up_For()
    {
        await SmallData.UploadAsync(_store);
        await Ingestion(_store).RunAsync("notes_train_data.npy");
        var version = (await Datasets().ResolveAsync("notes")).Version;
        for (var at = 1; at <= 24; at++)
        {
            var fresh = InMemoryArtifactStore.WithContainers();
            await SmallData.UploadAsync(fresh);
            var crashing = new FaultyArtifactStore(fresh, call => call.Number == at ? StoreFault.Before : StoreFault.None);
            await Record.ExceptionAsync(() => Ingestion(crashing).RunAsync("notes_train_data.npy"));

            await Ingestion(fresh).RunAsync("notes_train_data.npy");

            Assert.All(
                _store.Snapshot().Where(blob => blob.Key.StartsWith($"datasets/notes/{version}", StringComparison.Ordinal)),
                blob => Assert.Equal(blob.Value, fresh.Snapshot()[blob.Key]));
            Assert.Equal(version, (await new DatasetStore(fresh).ResolveAsync("notes")).Version);
        }
    }

    private static Rejections Rejections(IArtifactStore store) => new(store, new ManualTimeProvider());

    private static DatasetIngestion Ingestion(IArtifactStore store) =>
        new(store, new DatasetStore(store), Rejections(store), NullLogger<DatasetIngestion>.Instance);

    private DatasetStore Datasets() => new(_store);

    private FaultyArtifactStore Before(Func<StoreCall, Task> act) => new(_store, async call =>
    {
        await act(call);
        return StoreFault.None;
    });

    private string[] Blobs(string prefix) =>
        [.. _store.Snapshot().Keys
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => key.Split('/')[^1])
            .Order()];
}
