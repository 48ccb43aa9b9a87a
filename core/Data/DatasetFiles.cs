using System.Text.Json;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using MusicPipeline.Json;

namespace MusicPipeline.Data;

/// <summary>
/// The files of a version: standardized float32 features, int32 class indices, the scaler and, written last,
/// <c>dataset.json</c>. A version without that file is not complete.
/// </summary>
public static class DatasetFiles
{
    /// <summary>What the version holds: a <see cref="DatasetInfo"/>.</summary>
    public const string Info = "dataset.json";

    /// <summary>Mean and deviation of each feature, as exact float64: a <see cref="Data.Scaler"/>.</summary>
    public const string Scaler = "scaler.json";

    /// <summary>Standardized training features, rows x features, float32.</summary>
    public const string TrainData = "train_data.npy";

    /// <summary>Class indices of the training rows, int32.</summary>
    public const string TrainLabels = "train_labels.npy";

    /// <summary>Standardized test features, rows x features, float32.</summary>
    public const string TestData = "test_data.npy";

    /// <summary>Class indices of the test rows, int32.</summary>
    public const string TestLabels = "test_labels.npy";

    /// <summary>Group of each training row, int32; only where rows belong to groups.</summary>
    public const string TrainGroups = "train_groups.npy";

    /// <summary>Group of each test row, int32; only where rows belong to groups.</summary>
    public const string TestGroups = "test_groups.npy";

    /// <summary>Writes all files; <c>dataset.json</c> once the others are written.</summary>
    /// <param name="dataset">The version.</param>
    /// <param name="writeFileAsync">Writes a file through the callback it is given; may be called for several at once.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    public static async Task WriteAsync(
        Dataset dataset,
        Func<string, Func<Stream, CancellationToken, Task>, CancellationToken, Task> writeFileAsync,
        CancellationToken cancellationToken = default)
    {
        await Task.WhenAll(
            WriteFeaturesAsync(TrainData, dataset.Train),
            WriteLabelsAsync(TrainLabels, dataset.Train),
            WriteFeaturesAsync(TestData, dataset.Test),
            WriteLabelsAsync(TestLabels, dataset.Test),
            WriteGroupsAsync(TrainGroups, dataset.Train),
            WriteGroupsAsync(TestGroups, dataset.Test),
            WriteJsonAsync(Scaler, dataset.Scaler));
        await WriteJsonAsync(Info, dataset.Info);

        Task WriteFeaturesAsync(string file, LabelledRows rows) =>
            WriteArrayAsync<float>(file, rows.Features, [rows.Rows, rows.FeatureCount]);

        Task WriteLabelsAsync(string file, LabelledRows rows) => WriteArrayAsync<int>(file, rows.Labels, [rows.Rows]);

        Task WriteGroupsAsync(string file, LabelledRows rows) =>
            rows.Groups is { } groups ? WriteArrayAsync<int>(file, groups.OfRows, [rows.Rows]) : Task.CompletedTask;

        Task WriteArrayAsync<T>(string file, ReadOnlyMemory<T> values, long[] shape)
            where T : unmanaged =>
            writeFileAsync(file, (stream, token) => NpyWriter.WriteAsync(stream, values, shape, token), cancellationToken);

        Task WriteJsonAsync<T>(string file, T value) => writeFileAsync(
            file, (stream, token) => JsonSerializer.SerializeAsync(stream, value, PipelineJson.Options, token), cancellationToken);
    }

    /// <summary>Reads a version back.</summary>
    /// <param name="openReadAsync">Opens a file to read; may be called for several at once. The streams need not seek.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="InputException">A file is damaged or does not fit the others.</exception>
    public static async Task<Dataset> ReadAsync(
        Func<string, CancellationToken, Task<Stream>> openReadAsync, CancellationToken cancellationToken = default)
    {
        var info = await ReadJsonAsync<DatasetInfo>(Info);
        if (info.Features < 1 || info.Train.Rows < 0 || info.Test.Rows < 0 || info.TrainCopies < 0 || info.TrainOriginals < 0)
            throw Damaged(Info, "its numbers of rows and features are impossible");
        if (info.ClassNames is { } names && names.Count != info.Classes.Length)
            throw Damaged(Info, $"it has {names.Count} names of {info.Classes.Length} classes");
        var units = info.Groups is { } groups ? DatasetGroup.Units(groups) : null;
        var scaler = ReadJsonAsync<Scaler>(Scaler);
        var train = ReadPartAsync(TrainData, TrainLabels, TrainGroups, info.Train.Rows, info.TrainCopies ?? 0);
        var test = ReadPartAsync(TestData, TestLabels, TestGroups, info.Test.Rows, copies: 0);
        await Task.WhenAll(scaler, train, test);
        var dataset = new Dataset(info, await train, await test, await scaler);
        return dataset.Scaler.Mean.Length == info.Features && dataset.Scaler.Deviation.Length == info.Features
            ? dataset
            : throw Damaged(Scaler, "it has another number of features than dataset.json");

        async Task<LabelledRows> ReadPartAsync(string dataFile, string labelsFile, string groupsFile, int rows, int copies)
        {
            var features = ReadArrayAsync<float, float[]>(
                dataFile, [rows, info.Features], reader => reader.ReadSinglesAsync(cancellationToken));
            var labels = ReadIndicesAsync(labelsFile, rows, info.Classes.Length, "class", "classes");
            var ofRows = units is null ? null : ReadIndicesAsync(groupsFile, rows, units.Length, "group", "groups");
            await Task.WhenAll([features, labels, .. ofRows is null ? [] : (Task[])[ofRows]]);
            return new LabelledRows(await features, info.Features, await labels)
            {
                Groups = ofRows is null ? null : new RowGroups(await ofRows, units!),
                Copies = copies,
            };
        }

        async Task<int[]> ReadIndicesAsync(string file, int rows, int count, string kind, string kinds)
        {
            var values = await ReadArrayAsync<int, long[]>(file, [rows], reader => reader.ReadIntegersAsync(cancellationToken));
            return Array.ConvertAll(values, value => value >= 0 && value < count
                ? (int)value
                : throw Damaged(file, $"it has the {kind} index {value}, and there are {count} {kinds}"));
        }

        async Task<TResult> ReadArrayAsync<T, TResult>(string file, long[] shape, Func<NpyReader, Task<TResult>> readAsync)
            where T : unmanaged
        {
            try
            {
                await using var stream = await openReadAsync(file, cancellationToken);
                // Known from the shape, so that a download that cannot seek will do.
                var reader = await NpyReader.OpenAsync(stream, NpyWriter.Length<T>(shape), cancellationToken);
                return reader.Header.Shape.SequenceEqual(shape)
                    ? await readAsync(reader)
                    : throw Damaged(file, $"its shape {reader.Header.ShapeText} is not what dataset.json says");
            }
            catch (InputException e)
            {
                throw e.About(file);
            }
        }

        async Task<T> ReadJsonAsync<T>(string file)
        {
            try
            {
                await using var stream = await openReadAsync(file, cancellationToken);
                return await JsonSerializer.DeserializeAsync<T>(stream, PipelineJson.Options, cancellationToken)
                    ?? throw Damaged(file, "it holds null");
            }
            catch (JsonException e)
            {
                throw Damaged(file, "it is not the JSON expected there", e);
            }
        }
    }

    private static InputException Damaged(string file, string problem, Exception? cause = null) =>
        new(problem, "delete this version and upload one of its arrays again", file, innerException: cause);
}
