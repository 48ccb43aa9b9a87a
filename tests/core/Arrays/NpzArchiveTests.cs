using System.IO.Compression;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Arrays;

public sealed class NpzArchiveTests
{
    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public async Task Reads_Members_Side_By_Side(CompressionLevel level)
    {
        using var archive = NpzArchive.Open(Zip(level, ("a", Array(3)), ("notes.txt", [1]), ("sub/b", Array(5))));
        Assert.Equal(["a", "sub/b"], archive.Members);
        Assert.Equal(["notes.txt"], archive.Others);
        var a = await archive.OpenAsync("a");
        var b = await archive.OpenAsync("sub/b");
        var (second, first) = (await b.ReadIntegersAsync(), await a.ReadIntegersAsync());
        Assert.Equal([1, 2, 3, 4, 5], second);
        Assert.Equal([1, 2, 3], first);
    }

    [Fact]
    public async Task A_Member_Without_The_Ending_Is_An_Array_Where_It_Begins_As_One()
    {
        using var archive = NpzArchive.Open(
            Zip(CompressionLevel.Fastest, ("a", Array(3)), ("a.", Array(2)), ("b.npz", Array(4)), ("cut.", Array(3)[..5])));
        Assert.Equal(["a", "a.", "b.npz"], archive.Members);
        Assert.Equal(["cut."], archive.Others);
        var values = await (await archive.OpenAsync("b.npz")).ReadIntegersAsync();
        Assert.Equal([1, 2, 3, 4], values);
    }

    [Fact]
    public async Task Two_Members_Whose_Names_Differ_In_The_Ending_Alone_Are_Both_There()
    {
        using var archive = NpzArchive.Open(Zip(CompressionLevel.Fastest, ("x.a.npy", Array(3)), ("x.a", Array(2))));
        Assert.Equal(["x.a.npy", "x.a"], archive.Members);
        var bare = await (await archive.OpenAsync("x.a")).ReadIntegersAsync();
        var ended = await (await archive.OpenAsync("x.a.npy")).ReadIntegersAsync();
        Assert.Equal((2, 3), (bare.Length, ended.Length));
    }

    [Fact]
    public async Task Names_The_Members_When_One_Is_Missing()
    {
        using var archive = NpzArchive.Open(Zip(CompressionLevel.Fastest, ("a", Array(3)), ("b", Array(3))));
        var error = await Assert.ThrowsAsync<InputException>(() => archive.OpenAsync("c"));
        Assert.Equal("the archive has no array 'c'; choose one of a, b.", error.Message);
    }

    [Fact]
    public void Refuses_What_Is_No_Archive()
    {
        var error = Assert.Throws<InputException>(() => NpzArchive.Open(new MemoryStream([1, 2, 3])));
        Assert.Contains("no zip archive", error.Message);
    }

    [Fact]
    public async Task An_Array_Larger_Than_Its_Entry_Is_Refused_Before_It_Is_Unpacked()
    {
        var bomb = NpyBytes.File("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,)}", new byte[100]);
        using var archive = NpzArchive.Open(Zip(CompressionLevel.Optimal, ("bomb", bomb)));
        var error = await Assert.ThrowsAsync<InputException>(() => archive.OpenAsync("bomb"));
        Assert.Contains("8,000,000,000,000 bytes, but 100 bytes follow it", error.Message);
    }

    [Fact]
    public async Task An_Entry_That_Lies_About_Its_Length_Is_Refused()
    {
        const int Lie = 800_000_000;
        var array = NpyBytes.File($"{{'descr': '|u1', 'fortran_order': False, 'shape': ({Lie},)}}", new byte[100]);
        var file = Zip(CompressionLevel.Optimal, ("bomb", array)).ToArray();
        // The uncompressed length in the central directory, which is the last entry before the end record.
        var directory = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(file.AsSpan(directory + 24), array.Length - 100 + Lie);

        using var archive = NpzArchive.Open(new MemoryStream(file));
        var error = await Assert.ThrowsAsync<InputException>(() => archive.OpenAsync("bomb"));
        Assert.Contains("which cannot be", error.Message);
    }

    private static byte[] Array(int count) =>
        NpyBytes.File("|u1", false, [count], [.. Enumerable.Range(1, count).Select(i => (byte)i)]);

    private static MemoryStream Zip(CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name.Contains('.') ? name : name + ".npy", level).Open();
                entry.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
