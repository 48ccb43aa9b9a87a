using System.IO.Compression;
using CsCheck;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Arrays;

/// <summary>Damaged files end in a sentence, and never in much memory.</summary>
public sealed class NpyMutationTests
{
    private static readonly Gen<(int Kind, int At, byte Value)[]> Mutations =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 400], Gen.Byte).Array[1, 6];

    [Fact]
    public void Mutated_Npy_Files_Are_Read_Or_Refused()
    {
        byte[][] files =
        [
            NpyBytes.File("<f4", false, [5, 7], new byte[140]),
            NpyBytes.File(">i8", true, [3, 2, 2], new byte[96], version: 2),
            NpyBytes.File("|u1", false, [40], new byte[40], version: 3),
        ];
        Gen.Select(Gen.Int[0, 2].Select(i => files[i]), Mutations).Sample(
            (file, mutations) => Bounded(() => Read(Mutate(file, mutations))), iter: 20_000, threads: 1);
    }

    [Fact]
    public void Mutated_Npz_Files_Are_Read_Or_Refused()
    {
        byte[][] files = [Zip(CompressionLevel.Optimal), Zip(CompressionLevel.NoCompression)];
        Gen.Select(Gen.Int[0, 1].Select(i => files[i]), Mutations).Sample(
            (archive, mutations) => Bounded(() => ReadArchive(Mutate(archive, mutations))), iter: 5_000, threads: 1);
    }

    [Theory]
    [InlineData("(1000000, 1000000)")]
    [InlineData("(1000000000000,)")]
    [InlineData("(2000000000,)")]
    public void A_Header_That_Claims_Much_Allocates_Little(string shape)
    {
        var file = NpyBytes.File($"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}}}", new byte[100]);
        Bounded(() => Assert.Throws<InputException>(() => Open(file)));
    }

    private static void Bounded(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    private static void Read(byte[] file)
    {
        try
        {
            // All streams here complete synchronously.
            Open(file).ReadSinglesAsync().GetAwaiter().GetResult();
        }
        catch (InputException e)
        {
            Assert.NotEmpty(e.Remedy);
        }
    }

    private static NpyReader Open(byte[] file) => NpyReader.OpenAsync(NpyBytes.Stream(file)).AsTask().GetAwaiter().GetResult();

    private static void ReadArchive(byte[] file)
    {
        try
        {
            using var archive = NpzArchive.Open(NpyBytes.Stream(file));
            foreach (var member in archive.Members)
                archive.OpenAsync(member).GetAwaiter().GetResult().ReadSinglesAsync().GetAwaiter().GetResult();
        }
        catch (InputException e)
        {
            Assert.NotEmpty(e.Remedy);
        }
    }

    private static byte[] Zip(CompressionLevel level)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("x.npy", level).Open();
            entry.Write(NpyBytes.File("<i2", false, [60], [.. Enumerable.Range(0, 120).Select(i => (byte)(i * i))]));
        }

        return stream.ToArray();
    }

    private static byte[] Mutate(byte[] file, (int Kind, int At, byte Value)[] mutations)
    {
        var bytes = file.ToList();
        foreach (var (kind, where, value) in mutations)
        {
            if (bytes.Count == 0) break;
            var at = where % bytes.Count;
            switch (kind)
            {
                case 0: bytes[at] = value; break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.Insert(at, value); break;
                default: bytes[at] ^= (byte)(1 << (value & 7)); break;
            }
        }

        return [.. bytes];
    }
}
