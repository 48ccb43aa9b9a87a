using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;

namespace MusicPipeline.Data;

/// <summary>Judges one array of a data set that is not complete: by itself, and beside those that are there.</summary>
/// <param name="name">The data set's name.</param>
/// <param name="present">The arrays that are there.</param>
public sealed class DatasetArrayCheck(string name, IReadOnlyDictionary<DatasetRole, DatasetUpload> present)
{
    /// <summary>Reads the array once; of the others what is compared with it, and nothing where that is faulty itself.</summary>
    /// <exception cref="InputException">The array is wrong by itself.</exception>
    /// <exception cref="DatasetMisfitException">It does not fit one of the others.</exception>
    public Task RunAsync(DatasetRole role, CancellationToken cancellationToken) => role switch
    {
        DatasetRole.TrainData => CheckDataAsync(role, DatasetRole.TrainLabels, cancellationToken),
        DatasetRole.TestData => CheckDataAsync(role, DatasetRole.TestLabels, cancellationToken),
        DatasetRole.TrainLabels => CheckLabelsAsync(role, DatasetRole.TrainData, cancellationToken),
        _ => CheckLabelsAsync(role, DatasetRole.TestData, cancellationToken),
    };

    private async Task CheckDataAsync(DatasetRole role, DatasetRole labels, CancellationToken cancellationToken)
    {
        var (matrix, _) = await UploadedArrays.ReadAsync(present[role], FeatureMatrix.ReadAsync, cancellationToken);
        DatasetRules.CheckNotEmpty(matrix.Rows, File(role));
        if (await FindShapeAsync(labels, LabelVector.CheckHeader, cancellationToken) is { } vector)
            DatasetRules.CheckRows(matrix.Rows, File(role), vector[0], File(labels));

        var isTrain = role == DatasetRole.TrainData;
        var other = isTrain ? DatasetRole.TestData : DatasetRole.TrainData;
        if (await FindShapeAsync(other, FeatureMatrix.CheckHeader, cancellationToken) is not { } shape) return;
        var (train, test) = isTrain ? ((long)matrix.Features, shape[1]) : (shape[1], matrix.Features);
        DatasetRules.CheckFeatures(train, File(DatasetRole.TrainData), test, File(DatasetRole.TestData));
    }

    private async Task CheckLabelsAsync(DatasetRole role, DatasetRole data, CancellationToken cancellationToken)
    {
        var (vector, _) = await UploadedArrays.ReadAsync(present[role], LabelVector.ReadAsync, cancellationToken);
        DatasetRules.CheckNotEmpty(vector.Values.Length, File(role));
        var isTrain = role == DatasetRole.TrainLabels;
        var classes = isTrain ? DatasetRules.Classes(vector.Values, File(role)) : null;
        if (await FindShapeAsync(data, FeatureMatrix.CheckHeader, cancellationToken) is { } shape)
            DatasetRules.CheckRows(shape[0], File(data), vector.Values.Length, File(role));

        var test = isTrain
            ? await FindAsync(DatasetRole.TestLabels, LabelVector.ReadAsync, cancellationToken)
            : vector;
        classes ??= await FindAsync(
            DatasetRole.TrainLabels,
            async (reader, token) =>
                DatasetRules.Classes((await LabelVector.ReadAsync(reader, token)).Values, File(DatasetRole.TrainLabels)),
            cancellationToken);
        if (classes is not null && test is not null)
            DatasetRules.TestIndices(classes, File(DatasetRole.TrainLabels), test.Values, File(DatasetRole.TestLabels));
    }

    private string File(DatasetRole role) => new DatasetFileName(name, role).ToString();

    /// <summary>The shape of an array that is there, where it keeps to its rules.</summary>
    private Task<long[]?> FindShapeAsync(DatasetRole role, Action<NpyHeader> check, CancellationToken cancellationToken) => FindAsync(
        role,
        (reader, _) =>
        {
            check(reader.Header);
            return Task.FromResult(reader.Header.Shape);
        },
        cancellationToken);

    private async Task<T?> FindAsync<T>(
        DatasetRole role, Func<NpyReader, CancellationToken, Task<T>> readAsync, CancellationToken cancellationToken)
        where T : class
    {
        if (!present.TryGetValue(role, out var upload)) return null;
        try
        {
            return (await UploadedArrays.ReadAsync(upload, readAsync, cancellationToken)).Array;
        }
        catch (InputException)
        {
            // What is wrong with it is said where it is judged itself.
            return null;
        }
    }
}
