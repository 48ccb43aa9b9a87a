using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MusicPipeline.Data;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

public sealed class DatasetBuilderTests
{
    [Theory]
    [InlineData(new long[] { 0, 1, 1, 0 })]
    [InlineData(new long[] { 1, 2, 2, 1 })]
    [InlineData(new long[] { 3, 40, 40, 3 })]
    [InlineData(new long[] { -7, 5, 5, -7 })]
    [InlineData(new[] { long.MinValue, long.MaxValue, long.MaxValue, long.MinValue })]
    public async Task Labels_Become_Indices_Of_The_Sorted_Distinct_Ones(long[] labels)
    {
        var dataset = await new Uploads
        {
            TrainLabels = Uploads.File(labels, [4]), TestLabels = Uploads.File([labels[1], labels[1]], [2, 1]),
        }.BuildAsync();
        Assert.Equal(labels[..2], dataset.Info.Classes);
        Assert.Equal([0, 1, 1, 0], dataset.Train.Labels);
        Assert.Equal([1, 1], dataset.Test.Labels);
        Assert.Equal([2, 2], dataset.Info.Train.RowsPerClass);
        Assert.Equal([0, 2], dataset.Info.Test.RowsPerClass);
    }

    [Fact]
    public async Task Labels_May_Be_Of_Any_Integer_Type()
    {
        byte[][] files =
        [
            Uploads.File<sbyte>([0, 1, 1, 0], [4]),
            Uploads.File<byte>([0, 1, 1, 0], [4, 1]),
            Uploads.File<short>([0, 1, 1, 0], [4]),
            Uploads.File<ushort>([0, 1, 1, 0], [4]),
            Uploads.File<int>([0, 1, 1, 0], [4]),
            Uploads.File<uint>([0, 1, 1, 0], [4]),
            Uploads.File<ulong>([0, 1, 1, 0], [4]),
            Uploads.File<bool>([false, true, true, false], [4]),
        ];
        foreach (var file in files)
        {
            var dataset = await new Uploads { TrainLabels = file }.BuildAsync();
            Assert.Equal([0, 1, 1, 0], dataset.Train.Labels);
        }
    }

    [Fact]
    public async Task The_Version_Is_A_Hash_Of_The_Four_Hashes_In_Order()
    {
        var uploads = new Uploads();
        var dataset = await uploads.BuildAsync();
        string[] hashes =
        [
            Sha256(uploads.TrainData), Sha256(uploads.TrainLabels), Sha256(uploads.TestData), Sha256(uploads.TestLabels),
        ];
        Assert.Equal(hashes, dataset.Info.Sources.Select(source => source.Sha256));
        Assert.Equal(Sha256(Encoding.ASCII.GetBytes("format=1\n" + string.Join('\n', hashes)))[..16], dataset.Info.Version);
        Assert.Equal(DatasetFileName.Expected("toy"), dataset.Info.Sources.Select(source => source.File));
        Assert.Equal(["<f4", "<i8", "<f4", "<i8"], dataset.Info.Sources.Select(source => source.ElementType));
        Assert.Equal([4, 2], dataset.Info.Sources[0].Shape);
    }

    [Fact]
    public async Task Any_File_Changes_The_Version()
    {
        Uploads[] variants =
        [
            new(),
            new() { TrainData = Uploads.File<float>([0, 2, 3, 4, 5, 9, 7, 8], [4, 2]) },
            new() { TrainLabels = Uploads.File<long>([1, 0, 0, 1], [4]) },
            new() { TestData = Uploads.File<float>([0, 2, 3, 4], [2, 2]) },
            new() { TestLabels = Uploads.File<long>([1, 1], [2]) },
        ];
        var versions = new List<string>();
        foreach (var variant in variants) versions.Add((await variant.BuildAsync()).Info.Version);
        Assert.Equal(variants.Length, versions.Distinct().Count());
        Assert.Equal(versions[0], (await new Uploads().BuildAsync()).Info.Version);
    }

    [Fact]
    public Task Standardizes_By_The_Training_Rows() =>
        Gen.Select(Gen.Int[2, 40], Gen.Int[1, 37], Gen.Int[1, 9], Gen.Int).SampleAsync(
            async (rows, features, testRows, seed) =>
            {
                var random = new SplitMix64((ulong)seed);
                var train = Values(ref random, rows * features);
                var test = Values(ref random, testRows * features);
                var dataset = await new Uploads
                {
                    TrainData = Uploads.File(train, [rows, features]),
                    TrainLabels = Uploads.File(Enumerable.Range(0, rows).Select(row => row % 2).ToArray(), [rows]),
                    TestData = Uploads.File(test, [testRows, features]),
                    TestLabels = Uploads.File(new int[testRows], [testRows]),
                }.BuildAsync();
                for (var j = 0; j < features; j++)
                {
                    var column = Enumerable.Range(0, rows).Select(row => (double)train[(row * features) + j]).ToArray();
                    var mean = column.Average();
                    var deviation = Math.Sqrt(column.Average(x => (x - mean) * (x - mean)));
                    Assert.Equal(mean, dataset.Scaler.Mean[j], 1e-12 * (Math.Abs(mean) + deviation));
                    Assert.Equal(deviation, dataset.Scaler.Deviation[j], 1e-12 * deviation);
                    AssertColumn(train, dataset.Train, j, mean, deviation);
                    AssertColumn(test, dataset.Test, j, mean, deviation);
                }
            },
            iter: 100);

    [Fact]
    public async Task A_Constant_Feature_Has_Deviation_One_And_Becomes_Zero()
    {
        // Ten times 0.1f do not add up to 1.0 in floating point, so a naive mean is off by a little.
        var data = new float[10_000 * 2];
        for (var row = 0; row < 10_000; row++) (data[2 * row], data[(2 * row) + 1]) = (0.1f, row);
        var dataset = await new Uploads
        {
            TrainData = Uploads.File(data, [10_000, 2]),
            TrainLabels = Uploads.File(Enumerable.Range(0, 10_000).Select(row => row % 2).ToArray(), [10_000]),
        }.BuildAsync();
        Assert.Equal(0.1f, dataset.Scaler.Mean[0]);
        Assert.Equal(1, dataset.Scaler.Deviation[0]);
        Assert.All(Enumerable.Range(0, 10_000), row => Assert.Equal(0, dataset.Train.Row(row)[0]));
    }

    [Fact]
    public async Task The_Sample_Notes_Make_A_Data_Set()
    {
        var dataset = await SampleNotes.BuildAsync();
        Assert.Equal((6000, 1500, 120), (dataset.Info.Train.Rows, dataset.Info.Test.Rows, dataset.Info.Features));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], dataset.Info.Classes);
        Assert.Equal([545, 527, 678, 683, 653, 560, 580, 552, 567, 655], dataset.Info.Train.RowsPerClass);
        Assert.Equal([143, 118, 157, 187, 161, 133, 151, 128, 144, 178], dataset.Info.Test.RowsPerClass);

        // NumPy's figures: data.astype('f8').mean(0) and .std(0).
        Assert.Equal(-48.70449732502301, dataset.Scaler.Mean[0], 1e-11);
        Assert.Equal(15.572914879592027, dataset.Scaler.Deviation[0], 1e-11);
        Assert.Equal(-61.92030718056361, dataset.Scaler.Mean[119], 1e-11);
        Assert.Equal(13.665183607273171, dataset.Scaler.Deviation[119], 1e-11);
        Assert.Equal(-1.2002064f, dataset.Train.Row(0)[0]);
        Assert.Equal(-1.1728132f, dataset.Train.Row(5999)[119]);
    }

    [Fact]
    public async Task Downloads_That_Cannot_Seek_Are_Read_With_Their_Length()
    {
        var uploads = new Uploads();
        DatasetUpload Upload(byte[] file) =>
            new("file", _ => Task.FromResult<Stream>(new Arrays.TricklingStream(file)), file.Length);
        var dataset = await DatasetBuilder.BuildAsync("toy", new DatasetUploads(
            Upload(uploads.TrainData), Upload(uploads.TrainLabels), Upload(uploads.TestData), Upload(uploads.TestLabels)));
        Assert.Equal((await uploads.BuildAsync()).Info.Version, dataset.Info.Version);
    }

    [Fact]
    public async Task Cancellation_Stops_The_Reading()
    {
        var upload = new DatasetUpload("file", token => Task.FromCanceled<Stream>(token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DatasetBuilder.BuildAsync(
            "toy", new DatasetUploads(upload, upload, upload, upload), new CancellationToken(canceled: true)));
    }

    private static float[] Values(ref SplitMix64 random, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = (random.NextBelow(1 << 20) / 65536f) - 80;
        return values;
    }

    private static void AssertColumn(float[] raw, LabelledRows rows, int column, double mean, double deviation)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            var expected = (raw[(row * rows.FeatureCount) + column] - mean) / deviation;
            Assert.Equal(expected, rows.Row(row)[column], 1e-7 + (Math.Abs(expected) * 1e-6));
        }
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
