using System.Text.Json;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Arrays;

/// <summary>Files that NumPy wrote, with sums that NumPy computed.</summary>
public sealed class SharedNpyTests
{
    private static readonly string[] Names =
    [
        "c_be_f4", "c_be_i4", "c_le_f2", "c_le_f8", "c_le_i2", "c_le_i8", "c_le_u8", "fortran_f8", "vec1d", "version_2", "zero_rows",
    ];

    public static TheoryData<string> Readable => [.. Names];

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Reads_The_Shape_And_The_Sum(string name)
    {
        var expected = Manifest(name + ".npy");
        await using var stream = File.OpenRead(RepositoryPaths.Shared("npy", name + ".npy"));
        var reader = await NpyReader.OpenAsync(stream);
        var values = await reader.ReadDoublesAsync();

        var sum = expected.GetProperty("sum").GetDouble();
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt64()), reader.Header.Shape);
        Assert.Equal(expected.GetProperty("fortran").GetBoolean(), reader.Header.FortranOrder);
        Assert.Contains(expected.GetProperty("dtype").GetString(), new[] { reader.Header.ElementName, reader.Header.Descriptor });
        Assert.Equal(sum, values.Sum(), Math.Abs(sum) * 1e-13);
    }

    [Theory]
    [InlineData("reject_bad_magic", "does not begin as a .npy file")]
    [InlineData("reject_header_len_huge", "says it is 65,535 bytes long, but 6,838 bytes follow")]
    [InlineData("reject_shape_overflow", "(9223372036854775807, 120) has more elements than any file")]
    [InlineData("reject_truncated", "6,720 bytes, but 6,715 bytes follow it: 5 are missing")]
    [InlineData("reject_version_9", "version 9.0, and 1.0, 2.0 and 3.0 are read")]
    public async Task Refuses_With_The_Reason(string name, string reason)
    {
        await using var stream = File.OpenRead(RepositoryPaths.Shared("npy", name + ".npy"));
        var error = await Assert.ThrowsAsync<InputException>(() => NpyReader.OpenAsync(stream).AsTask());
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData("fortran_f8", 0)]
    [InlineData("version_2", 0)]
    [InlineData("c_be_f4", 1e-5)]
    [InlineData("c_le_f2", 0.1)]
    public async Task The_Same_Array_Reads_The_Same_However_It_Lies(string name, double tolerance)
    {
        var expected = await DoublesAsync("c_le_f8");
        var actual = await DoublesAsync(name);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Fact]
    public async Task Unsigned_Values_Beyond_Signed_64_Bits_Are_No_Labels()
    {
        await using var stream = File.OpenRead(RepositoryPaths.Shared("npy", "c_le_u8.npy"));
        var reader = await NpyReader.OpenAsync(stream);
        var error = await Assert.ThrowsAsync<InputException>(() => reader.ReadIntegersAsync());
        Assert.Contains("more than a signed 64-bit integer", error.Message);
    }

    [Fact]
    public async Task Reads_The_Members_Of_An_Npz_File()
    {
        await using var stream = File.OpenRead(RepositoryPaths.Shared("npy", "two_arrays.npz"));
        using var archive = NpzArchive.Open(stream);
        Assert.Equal(["x", "y"], archive.Members);

        var x = await archive.OpenAsync("x");
        var y = await archive.OpenAsync("y");
        Assert.Equal([7, 120], x.Header.Shape);
        Assert.Equal(await DoublesAsync("c_le_f8"), await x.ReadDoublesAsync());
        Assert.Equal(7, (await y.ReadIntegersAsync()).Length);
    }

    private static async Task<double[]> DoublesAsync(string name)
    {
        await using var stream = File.OpenRead(RepositoryPaths.Shared("npy", name + ".npy"));
        return await (await NpyReader.OpenAsync(stream)).ReadDoublesAsync();
    }

    private static JsonElement Manifest(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(RepositoryPaths.Shared("npy", "manifest.json")));
        return document.RootElement.GetProperty(file).Clone();
    }
}
