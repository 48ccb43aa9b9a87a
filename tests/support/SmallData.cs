using MusicPipeline.Data;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Storage;

namespace MusicPipeline.TestSupport;

/// <summary>Small made-up data sets: rows around one centre a class, with noise, so that there is something to learn.</summary>
public static class SmallData
{
    /// <summary>Labels of the three classes.</summary>
    public static IReadOnlyList<long> Classes { get; } = [10, 20, 35];

    /// <summary>Uploads the four arrays of a data set: 90 training and 30 test rows of 6 features.</summary>
    public static async Task UploadAsync(IArtifactStore store, string name = "notes", int seed = 1)
    {
        foreach (var role in DatasetFileName.Roles) await UploadAsync(store, name, role, seed);
    }

    /// <summary>Uploads one of the arrays.</summary>
    public static Task UploadAsync(
        IArtifactStore store, string name, DatasetRole role, int seed = 1, int? rows = null, int features = 6)
    {
        var train = role is DatasetRole.TrainData or DatasetRole.TrainLabels;
        var count = rows ?? (train ? 90 : 30);
        var path = BlobPaths.DatasetUpload(new DatasetFileName(name, role).ToString());
        return role is DatasetRole.TrainData or DatasetRole.TestData
            ? store.WriteAsync(path, (stream, token) =>
                NpyWriter.WriteAsync<float>(stream, Features(count, features, seed, train), [count, features], token))
            : store.WriteAsync(path, (stream, token) =>
                NpyWriter.WriteAsync<long>(stream, Labels(count), [count], token));
    }

    private static long[] Labels(int rows) => [.. Enumerable.Range(0, rows).Select(row => Classes[row % Classes.Count])];

    private static float[] Features(int rows, int features, int seed, bool train)
    {
        var random = new Random((seed * 2) + (train ? 1 : 0));
        var values = new float[rows * features];
        for (var row = 0; row < rows; row++)
        {
            for (var feature = 0; feature < features; feature++)
            {
                var centre = (row % Classes.Count) == feature % Classes.Count ? 1.5 : 0;
                values[(row * features) + feature] = (float)(centre + random.NextDouble());
            }
        }

        return values;
    }
}
