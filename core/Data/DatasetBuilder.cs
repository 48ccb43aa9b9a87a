using System.Security.Cryptography;
using System.Text;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>Makes a checked, standardized, versioned data set of four uploaded arrays.</summary>
public static class DatasetBuilder
{
    // Part of every version: raise it when the same arrays would end in another data set.
    private const string Format = "1";
    private const int VersionDigits = 16;

    /// <summary>
    /// Reads the four files side by side, each once, hashing them on the way; checks them against each other; and
    /// standardizes the features in place, so that no second copy of them is held.
    /// </summary>
    /// <exception cref="InputException">The arrays make no data set; the message has the file, the numbers and a remedy.</exception>
    public static async Task<Dataset> BuildAsync(
        string name, DatasetUploads uploads, CancellationToken cancellationToken = default)
    {
        if (DatasetFileName.Fault(name) is { } fault)
            throw new InputException($"the data set's name {fault}", "use letters, digits, '-', '_', '.' and spaces", name);

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
        var classes = DatasetRules.Classes(trainVector, uploads.TrainLabels.File);
        var trainIndices = classes.Indices(trainVector.Values);
        var testIndices = DatasetRules.TestIndices(classes, uploads.TrainLabels.File, testVector, uploads.TestLabels.File);

        var scaler = Standardization.Fit(trainMatrix.Values, trainMatrix.Features);
        var constant = Standardization.ConstantFeatures(scaler, trainMatrix.Values);
        Standardize(scaler, trainMatrix, uploads.TrainData);
        Standardize(scaler, testMatrix, uploads.TestData);

        DatasetSource[] sources = [trainDataSource, trainLabelsSource, testDataSource, testLabelsSource];
        var info = new DatasetInfo(
            name,
            VersionOf(sources),
            trainMatrix.Features,
            classes.Classes,
            new DatasetPartInfo(trainMatrix.Rows, classes.Count(trainIndices)),
            new DatasetPartInfo(testMatrix.Rows, classes.Count(testIndices)),
            sources,
            constant.Length > 0 ? constant : null);
        return new Dataset(
            info,
            new LabelledRows(trainMatrix.Values, trainMatrix.Features, trainIndices),
            new LabelledRows(testMatrix.Values, testMatrix.Features, testIndices),
            scaler);
    }

    // On the pool, since memory and file streams complete synchronously and would be read one after the other.
    private static Task<(T Array, DatasetSource Source)> StartAsync<T>(
        DatasetUpload upload, Func<NpyReader, CancellationToken, Task<T>> readAsync, CancellationToken cancellationToken) =>
        Task.Run(() => ReadAsync(upload, readAsync, cancellationToken), cancellationToken);

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

    private static void CheckRows(FeatureMatrix data, LabelVector labels, DatasetUpload dataFile, DatasetUpload labelsFile)
    {
        DatasetRules.CheckRows(data.Rows, dataFile.File, labels.Values.Length, labelsFile.File);
        DatasetRules.CheckNotEmpty(data.Rows, dataFile.File);
    }

    private static void Standardize(Scaler scaler, FeatureMatrix matrix, DatasetUpload file)
    {
        Standardization.Apply(scaler, matrix.Values);
        if (FeatureMatrix.AllFinite(matrix.Values)) return;
        var at = Array.FindIndex(matrix.Values, value => !float.IsFinite(value));
        var column = at % matrix.Features;
        throw new InputException(
            $"row {at / matrix.Features}, column {column} (counted from 0) becomes infinite when standardized by the training rows' mean {scaler.Mean[column]} and deviation {scaler.Deviation[column]}",
            "correct the value or leave the feature out",
            file.File);
    }

    private static string VersionOf(IEnumerable<DatasetSource> sources)
    {
        var content = "format=" + Format + "\n" + string.Join('\n', sources.Select(source => source.Sha256));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(content)))[..VersionDigits];
    }
}
