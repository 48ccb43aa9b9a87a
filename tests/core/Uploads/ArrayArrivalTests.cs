using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Data;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Uploads;

/// <summary>Each array of a data set is judged when it arrives, whichever of its companions are there.</summary>
public sealed class ArrayArrivalTests
{
    private readonly InMemoryArtifactStore _store = InMemoryArtifactStore.WithContainers();

    [Fact]
    public async Task An_Array_That_Is_Wrong_By_Itself_Is_Rejected_Alone()
    {
        foreach (var role in DatasetFileName.Roles)
        {
            var file = File("alone", role);
            await _store.WriteAsync(BlobPaths.DatasetUpload(file), "no array at all"u8.ToArray());
            var result = await RunAsync(file);
            Assert.Equal(UploadOutcome.Rejected, result.Outcome);
            Assert.StartsWith($"{file}: the file does not begin as a .npy file does; ", result.Message, StringComparison.Ordinal);
        }

        Assert.Equal(DatasetFileName.Expected("alone").Order(StringComparer.Ordinal), Rejected());
    }

    [Fact]
    public async Task Values_And_Labels_Are_Judged_Without_Companions()
    {
        await RejectsAsync<float>(DatasetRole.TrainData, [1, float.NaN], [1, 2], "1 NaN of 2 features");
        await RejectsAsync<float>(DatasetRole.TestData, [1, float.PositiveInfinity], [2, 1], "1 infinite of 2 features");
        await RejectsAsync<float>(DatasetRole.TestData, [1, 2], [2], "features have the shape (2,)");
        await RejectsAsync<float>(DatasetRole.TrainData, [], [0, 3], "it has no rows");
        await RejectsAsync<float>(DatasetRole.TestLabels, [1, 2], [2], "labels are floating-point numbers");
        await RejectsAsync<long>(DatasetRole.TestLabels, [1, 0, 0, 1], [2, 2], "labels have the shape (2, 2)");
        await RejectsAsync<long>(DatasetRole.TestLabels, [], [0], "it has no rows");
        await RejectsAsync<long>(DatasetRole.TrainLabels, [], [0], "it has no rows");
        await RejectsAsync<long>(DatasetRole.TrainLabels, [7, 7], [2], "all 2 training labels are 7");
    }

    [Theory]
    [InlineData(
        DatasetRole.TrainData, DatasetRole.TrainLabels, "notes_train_labels.npy: it has 3 labels, but notes_train_data.npy has 2 rows")]
    [InlineData(DatasetRole.TestData, DatasetRole.TestLabels, "notes_test_labels.npy: it has 3 labels, but notes_test_data.npy has 2 rows")]
    public async Task A_Pair_Is_Judged_When_Both_Are_There(DatasetRole data, DatasetRole labels, string sentence)
    {
        foreach (var (first, second) in ((DatasetRole, DatasetRole)[])[(data, labels), (labels, data)])
        {
            foreach (var role in (DatasetRole[])[data, labels]) await _store.DeleteAsync(BlobPaths.DatasetUpload(File("notes", role)));
            await UploadAsync(first);
            Assert.Equal(UploadOutcome.WaitingForOthers, (await RunAsync(File("notes", first))).Outcome);
            await UploadAsync(second);
            var result = await RunAsync(File("notes", second));
            Assert.Equal(UploadOutcome.Rejected, result.Outcome);
            Assert.StartsWith(sentence, result.Message, StringComparison.Ordinal);
            // Nobody can tell which of the two is wrong.
            Assert.Equal([File("notes", data), File("notes", labels)], Rejected());

            // Whichever is corrected, both are well.
            if (first == data) await SmallData.UploadAsync(_store, "notes", data, rows: 3);
            else await SmallData.UploadAsync(_store, "notes", labels, rows: 2);
            Assert.Equal(UploadOutcome.WaitingForOthers, (await RunAsync(File("notes", first))).Outcome);
            Assert.Empty(Rejected());
        }

        Task UploadAsync(DatasetRole role) => SmallData.UploadAsync(_store, "notes", role, rows: role == data ? 2 : 3);
    }

    [Fact]
    public async Task Features_And_Classes_Of_Training_And_Test_Are_Compared_When_Both_Are_There()
    {
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TestData, features: 5);
        await RunAsync("notes_test_data.npy");
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TrainData);
        Assert.StartsWith(
            "notes_test_data.npy: its rows have 5 features, but those of notes_train_data.npy have 6;",
            (await RunAsync("notes_train_data.npy")).Message,
            StringComparison.Ordinal);
        Assert.Equal(["notes_test_data.npy", "notes_train_data.npy"], Rejected());

        await WriteAsync<long>("other_test_labels.npy", [1, 2, 3], [3]);
        await RunAsync("other_test_labels.npy");
        await WriteAsync<long>("other_train_labels.npy", [1, 2], [2]);
        Assert.StartsWith(
            "other_test_labels.npy: 1 of 3 test labels are 3, which no training row has",
            (await RunAsync("other_train_labels.npy")).Message,
            StringComparison.Ordinal);
        await WriteAsync<long>("other_train_labels.npy", [1, 2, 3], [3]);
        Assert.Equal(UploadOutcome.WaitingForOthers, (await RunAsync("other_train_labels.npy")).Outcome);
        Assert.Equal(["notes_test_data.npy", "notes_train_data.npy"], Rejected());
    }

    [Fact]
    public async Task What_Is_Wrong_With_One_Is_Not_Said_Of_Another()
    {
        await _store.WriteAsync(BlobPaths.DatasetUpload("notes_train_labels.npy"), "no array at all"u8.ToArray());
        await RunAsync("notes_train_labels.npy");
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TrainData);
        var result = await RunAsync("notes_train_data.npy");
        Assert.Equal(
            new UploadResult(
                UploadOutcome.WaitingForOthers,
                "notes waits for notes_train_labels.npy (rejected), notes_test_data.npy, notes_test_labels.npy."),
            result);
        Assert.Equal(["notes_train_labels.npy"], Rejected());
    }

    [Fact]
    public async Task Two_Faults_Are_Both_Told_And_Each_Goes_With_Its_Own_Correction()
    {
        await SmallData.UploadAsync(_store);
        foreach (var file in (string[])["notes_train_data.npy", "notes_test_labels.npy"])
        {
            await _store.WriteAsync(BlobPaths.DatasetUpload(file), "no array at all"u8.ToArray());
            Assert.StartsWith($"{file}: ", (await RunAsync(file)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(["notes_test_labels.npy", "notes_train_data.npy"], Rejected());
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TestLabels);
        Assert.Equal("notes waits for notes_train_data.npy (rejected).", (await RunAsync("notes_test_labels.npy")).Message);
        Assert.Equal(["notes_train_data.npy"], Rejected());
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TrainData);
        Assert.Equal(UploadOutcome.Processed, (await RunAsync("notes_train_data.npy")).Outcome);
        Assert.Empty(Rejected());
    }

    [Fact]
    public async Task An_Array_Is_Read_Once_On_Arrival_And_Once_When_All_Are_There()
    {
        var reads = new List<string>();
        var store = new FaultyArtifactStore(_store, call =>
        {
            if (call.Operation == "OpenRead") lock (reads) reads.Add(call.Path.Name);
            return StoreFault.None;
        });
        await SmallData.UploadAsync(_store, "notes", DatasetRole.TestData);
        await Ingestion(store).RunAsync("notes_test_data.npy");
        Assert.Equal(["notes_test_data.npy"], reads);

        reads.Clear();
        await SmallData.UploadAsync(_store);
        foreach (var file in DatasetFileName.Expected("notes")) await Ingestion(store).RunAsync(file);
        Assert.Equal(DatasetFileName.Expected("notes").Order(StringComparer.Ordinal), reads.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Constant_Features_Are_Named()
    {
        await SmallData.UploadAsync(_store);
        var values = Enumerable.Range(0, 90 * 8).Select(i => i % 8 == 3 ? 2.5f : i).ToArray();
        await WriteAsync("notes_train_data.npy", values, [90, 8]);
        await WriteAsync("notes_test_data.npy", new float[30 * 8], [30, 8]);
        Assert.EndsWith(
            "of 8 features, 3 classes; feature 3 (counted from 0) is the same in all training rows.",
            (await RunAsync("notes_train_data.npy")).Message,
            StringComparison.Ordinal);

        await WriteAsync("notes_train_data.npy", [.. values.Select((value, i) => i % 8 is 0 ? i : 1f)], [90, 8]);
        Assert.EndsWith(
            "; 7 features (1, 2, 3, 4, 5 and 2 more, counted from 0) are each the same in all training rows.",
            (await RunAsync("notes_train_data.npy")).Message,
            StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], (await new DatasetStore(_store).ResolveAsync("notes")).ConstantFeatures);
    }

    private static string File(string name, DatasetRole role) => new DatasetFileName(name, role).ToString();

    private static DatasetIngestion Ingestion(IArtifactStore store) =>
        new(store, new DatasetStore(store), new Rejections(store, new ManualTimeProvider()), NullLogger<DatasetIngestion>.Instance);

    private Task<UploadResult> RunAsync(string file) => Ingestion(_store).RunAsync(file);

    private async Task RejectsAsync<T>(DatasetRole role, T[] values, long[] shape, string reason)
        where T : unmanaged
    {
        var file = File("single", role);
        await WriteAsync(file, values, shape);
        var result = await RunAsync(file);
        Assert.Equal(UploadOutcome.Rejected, result.Outcome);
        Assert.StartsWith($"{file}: {reason}", result.Message, StringComparison.Ordinal);
        await _store.DeleteAsync(BlobPaths.DatasetUpload(file));
    }

    private Task WriteAsync<T>(string file, T[] values, long[] shape)
        where T : unmanaged =>
        _store.WriteAsync(BlobPaths.DatasetUpload(file), (stream, token) => NpyWriter.WriteAsync<T>(stream, values, shape, token));

    private List<string> Rejected() =>
        [.. _store.Snapshot().Keys
            .Where(key => key.StartsWith("rejected/", StringComparison.Ordinal))
            .Select(key => key.Split('/')[^1][..^".json".Length])
            .Order(StringComparer.Ordinal)];
}
