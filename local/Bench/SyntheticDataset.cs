using MusicPipeline.Data;
using MusicPipeline.Data.Arrays;

namespace MusicPipeline.Local.Bench;

/// <summary>
/// Arrays of any shape with classes that can be learnt: normal noise around a centre a class. They are written
/// straight to files, so that the memory that a benchmark shows is the pipeline's.
/// </summary>
internal static class SyntheticDataset
{
    /// <summary>Shape of the lab's data.</summary>
    public const int LabTrainRows = 66_247, LabTestRows = 14_904, LabFeatures = 120, LabClasses = 10;

    /// <summary>Writes the four arrays of a data set into a folder; returns their paths.</summary>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        string folder, string name, int trainRows, int testRows, int features, int classes, CancellationToken cancellation)
    {
        var files = new List<string>();
        foreach (var (part, rows, seed) in ((string, int, ulong)[])[("train", trainRows, 1), ("test", testRows, 2)])
        {
            var (data, labels) = Rows(rows, features, classes, seed);
            files.Add(await SaveAsync<float>($"{name}_{part}_data.npy", data, [rows, features]));
            files.Add(await SaveAsync<long>($"{name}_{part}_labels.npy", Array.ConvertAll(labels, label => (long)label), [rows]));
        }

        return files;

        async Task<string> SaveAsync<T>(string file, ReadOnlyMemory<T> values, long[] shape)
            where T : unmanaged
        {
            var path = Path.Combine(folder, file);
            await using var stream = File.Create(path);
            await NpyWriter.WriteAsync(stream, values, shape, cancellation);
            return path;
        }
    }

    /// <summary>The lab's shape in memory.</summary>
    public static TrainingSplit Lab()
    {
        return new TrainingSplit(Part(LabTrainRows, 1), Part(LabTestRows, 2), LabClasses);

        static LabelledRows Part(int rows, ulong seed)
        {
            var (data, labels) = Rows(rows, LabFeatures, LabClasses, seed);
            return new LabelledRows(data, LabFeatures, labels);
        }
    }

    private static (float[] Data, int[] Labels) Rows(int rows, int features, int classes, ulong seed)
    {
        var centres = Normal(new SplitMix64(0), classes * features);
        var data = Normal(new SplitMix64(seed), rows * features);
        var labels = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = row % classes;
            for (var feature = 0; feature < features; feature++)
                data[(row * features) + feature] += 0.35f * centres[(labels[row] * features) + feature];
        }

        return (data, labels);
    }

    // The sum of four uniform numbers is near enough to a normal one for this purpose.
    private static float[] Normal(SplitMix64 random, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var bits = random.Next();
            var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
            values[i] = ((float)sum - (2 * 65_535f)) / 37_837f;
        }

        return values;
    }
}
