using MusicPipeline.Data;
using MusicPipeline.Data.Arrays;

namespace MusicPipeline.Tests.Datasets;

/// <summary>Small data sets in memory: two features and as many rows as labels, unless told otherwise.</summary>
internal sealed class Uploads
{
    public const string Name = "toy";

    public byte[] TrainData { get; set; } = File<float>([1, 2, 3, 4, 5, 9, 7, 8], [4, 2]);

    public byte[] TrainLabels { get; set; } = File<long>([0, 1, 0, 1], [4]);

    public byte[] TestData { get; set; } = File<float>([1, 2, 3, 4], [2, 2]);

    public byte[] TestLabels { get; set; } = File<long>([0, 1], [2]);

    public static byte[] File<T>(T[] values, long[] shape)
        where T : unmanaged
    {
        var stream = new MemoryStream();
        // Memory streams complete synchronously.
        NpyWriter.WriteAsync<T>(stream, values, shape).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    public Task<Dataset> BuildAsync() => DatasetBuilder.BuildAsync(
        Name,
        new DatasetUploads(
            Upload(DatasetRole.TrainData, TrainData),
            Upload(DatasetRole.TrainLabels, TrainLabels),
            Upload(DatasetRole.TestData, TestData),
            Upload(DatasetRole.TestLabels, TestLabels)));

    private static DatasetUpload Upload(DatasetRole role, byte[] content) => new(
        new DatasetFileName(Name, role).ToString(),
        _ => Task.FromResult<Stream>(new MemoryStream(content, writable: false)));
}
