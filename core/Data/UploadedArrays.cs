using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>The rows of four uploaded arrays, which fit together.</summary>
public sealed class UploadedArrays : IRowSource
{
    private readonly DatasetUploads _uploads;
    private readonly RowBlock _train;
    private readonly RowBlock _test;

    private UploadedArrays(DatasetUploads uploads, int features, RowBlock train, RowBlock test, DatasetSource[] sources) =>
        (_uploads, Features, _train, _test, Sources) = (uploads, features, train, test, sources);

    /// <inheritdoc/>
    public int Features { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<long, string>? ClassNames => null;

    /// <inheritdoc/>
    public IReadOnlyList<DatasetSource> Sources { get; }

    /// <summary>Reads the four files side by side, each once, hashing them on the way, and checks them against each other.</summary>
    /// <exception cref="InputException">They do not fit together; the message has the file, the numbers and a remedy.</exception>
    public static async Task<UploadedArrays> ReadAsync(DatasetUploads uploads, CancellationToken cancellationToken = default)
    {
        var trainData = StartAsync(uploads.TrainData, FeatureMatrix.ReadAsync, cancellationToken);
        var trainLabels = StartAsync(uploads.TrainLabels, LabelVector.ReadAsync, cancellationToken);
        var testData = StartAsync(uploads.TestData, FeatureMatrix.ReadAsync, cancellationToken);
        var testLabels = StartAsync(uploads.TestLabels, LabelVector.ReadAsync, cancellationToken);
        // All end before the first fault is thrown, in a fixed order: the same files always give the same message.
        await Task.WhenAll(trainData, trainLabels, testData, testLabels).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (trainMatrix, trainDataSource) = await trainData;
        var (trainVector, trainLabelsSource) = await trainLabels;
        var (testMatrix, testDataSource) = await testData;
        var (testVector, testLabelsSource) = await testLabels;
        CheckRows(trainMatrix, trainVector, uploads.TrainData, uploads.TrainLabels);
        CheckRows(testMatrix, testVector, uploads.TestData, uploads.TestLabels);
        DatasetRules.CheckFeatures(trainMatrix.Features, uploads.TrainData.File, testMatrix.Features, uploads.TestData.File);
        return new UploadedArrays(
            uploads,
            trainMatrix.Features,
            new RowBlock(trainMatrix.Values, trainVector.Values),
            new RowBlock(testMatrix.Values, testVector.Values),
            [trainDataSource, trainLabelsSource, testDataSource, testLabelsSource]);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RowBlock> ReadTrainAsync(CancellationToken cancellationToken) => new[] { _train }.ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<RowBlock> ReadTestAsync(CancellationToken cancellationToken) => new[] { _test }.ToAsyncEnumerable();

    /// <inheritdoc/>
    public string NameOf(DatasetRole role) => role switch
    {
        DatasetRole.TrainData => _uploads.TrainData.File,
        DatasetRole.TrainLabels => _uploads.TrainLabels.File,
        DatasetRole.TestData => _uploads.TestData.File,
        _ => _uploads.TestLabels.File,
    };

    /// <summary>Reads one of the arrays, hashing it on the way as far as it is read.</summary>
    /// <exception cref="InputException">It is wrong by itself; the message begins with its file.</exception>
    internal static async Task<(T Array, DatasetSource Source)> ReadAsync<T>(
        DatasetUpload upload, Func<NpyReader, CancellationToken, Task<T>> readAsync, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await upload.OpenAsync(cancellationToken);
            await using var hashing = new HashingStream(stream);
            var length = upload.Length ?? stream.Length - stream.Position;
            var reader = await NpyReader.OpenAsync(hashing, length, cancellationToken);
            var array = await readAsync(reader, cancellationToken);
            return (array, new DatasetSource(upload.File, reader.Header.Descriptor, reader.Header.Shape, hashing.Hash()));
        }
        catch (InputException e)
        {
            throw e.About(upload.File);
        }
    }

    // On the pool, since memory and file streams complete synchronously and would be read one after the other.
    private static Task<(T Array, DatasetSource Source)> StartAsync<T>(
        DatasetUpload upload, Func<NpyReader, CancellationToken, Task<T>> readAsync, CancellationToken cancellationToken) =>
        Task.Run(() => ReadAsync(upload, readAsync, cancellationToken), cancellationToken);

    private static void CheckRows(FeatureMatrix data, LabelVector labels, DatasetUpload dataFile, DatasetUpload labelsFile)
    {
        DatasetRules.CheckRows(data.Rows, dataFile.File, labels.Values.Length, labelsFile.File);
        DatasetRules.CheckNotEmpty(data.Rows, dataFile.File);
    }
}
