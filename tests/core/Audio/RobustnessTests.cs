using CsCheck;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

public sealed class RobustnessTests
{
    private static readonly byte[][] Seeds =
    [
        Rich(16, null), Rich(24, "NONE"), Rich(8, "raw "), Rich(24, "sowt"), Rich(32, "fl32"), Rich(64, "fl64"),
        Rich(16, "ulaw"), Rich(16, "ima4"), Wav(Rich(16, null)), Wav(Rich(24, "NONE")), Wav(Rich(32, "fl32")),
    ];

    [Fact]
    public void Mutated_Bytes_Never_Crash()
    {
        var change = Gen.Select(Gen.Int[0, 500], Gen.OneOf<byte>(Gen.Byte, Gen.OneOf<byte>(0, 1, 0x7F, 0x80, 0xFF)));
        Gen.Select(Gen.Int[0, Seeds.Length - 1], change.Array[1, 8]).Sample(
            (seed, changes) =>
            {
                var bytes = (byte[])Seeds[seed].Clone();
                foreach (var (at, value) in changes) bytes[at % bytes.Length] = value;
                ReadEverything(bytes);
            },
            iter: 20_000);
    }

    [Fact]
    public void A_File_Cut_At_Any_Byte_Gives_What_Is_There_Or_A_Sentence()
    {
        foreach (var whole in Seeds)
        {
            for (var length = 0; length < whole.Length; length++) ReadEverything(whole[..length]);
        }
    }

    [Fact]
    public void A_Truncated_Recording_Keeps_Its_Whole_Frames()
    {
        var whole = AiffBuilder.Simple([.. Enumerable.Range(0, 400).Select(i => (byte)i)], channels: 2);
        var expected = WavContent.Convert(whole).Wav.Data;
        for (var cut = 1; cut <= 396; cut++)
        {
            var (wav, summary) = WavContent.Convert(whole[..^cut]);
            Assert.Equal((400 - cut) / 4, summary.Frames);
            Assert.Equal(expected[..((400 - cut) / 4 * 4)], wav.Data);
            Assert.Contains(summary.Warnings, w => w.Contains("incomplete", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Random_Bytes_Behind_A_Signature_Never_Crash()
    {
        Gen.Byte.Array[0, 300].Sample(bytes => ReadEverything([.. "FORM\0\0\0\0AIFC"u8, .. bytes]), iter: 5000);
    }

    [Fact]
    public void Many_Empty_Chunks_Cost_Few_Reads()
    {
        var builder = new AiffBuilder();
        for (var i = 0; i < 50_000; i++) builder.Chunk("ANNO", []);
        using var stream = new CountingStream(builder.Common(1, 2, 16, 8000).Sound([1, 2, 3, 4]).Build());
        Assert.Equal(2, Recording.Inspect(stream).Frames);
        Assert.InRange(stream.Reads, 1, 20);
        Assert.InRange(stream.Seeks, 0, 5);
    }

    [Fact]
    public void Endless_Annotations_Do_Not_Fill_The_Memory()
    {
        var builder = new AiffBuilder().Common(1, 2, 16, 8000);
        for (var i = 0; i < 100; i++) builder.Chunk("ANNO", [.. Enumerable.Repeat((byte)'x', 20_000)]);
        var summary = Recording.Inspect(new MemoryStream(builder.Sound([1, 2, 3, 4]).Build()));
        Assert.InRange(summary.Text.Annotation!.Length, 1, 70_000);
        Assert.Contains(summary.Warnings, w => w.Contains("cut", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_Does_Not_Grow_With_The_Recording()
    {
        using var aiff = SparseStream.Aiff(bytes: 400_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var summary = WavConversion.Convert(aiff, Stream.Null, TestContext.Current.CancellationToken);
        Assert.Equal(100_000_000, summary.Frames);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void A_Chunk_Past_The_End_Is_Named_As_The_Cause()
    {
        var aiff = new AiffBuilder().Common(1, 2, 16, 8000).Chunk("ANNO", [1, 2], size: 0xFFFFFFFE).Sound([1, 2, 3, 4]).Build();
        var error = Assert.Throws<AudioFormatException>(() => WavContent.Convert(aiff));
        Assert.Equal("SSND", error.Chunk);
        Assert.Contains("'ANNO'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void Features_Refuse_Samples_That_Are_No_Numbers(double value)
    {
        var sound = BitConverter.GetBytes(value);
        Array.Reverse(sound);
        var aiff = AiffBuilder.Simple(sound, bits: 64, compression: "fl64");
        var error = Assert.Throws<AudioFormatException>(() => MelAtOwnRate(aiff));
        Assert.Equal("SSND", error.Chunk);
    }

    [Fact]
    public void Features_Refuse_Recordings_Of_Many_Hours()
    {
        var aiff = AiffBuilder.Simple(new byte[4000], rate: 0.05);
        var error = Assert.Throws<InputException>(() => AudioFeatures.MelPower(new MemoryStream(aiff)));
        Assert.Equal(InputErrorKind.TooLarge, error.Kind);
    }

    [Fact]
    public void Refuses_What_Is_No_Recording()
    {
        var text = "This is a text and no recording."u8.ToArray();
        var error = Assert.Throws<AudioFormatException>(() => Recording.Inspect(new MemoryStream(text)));
        Assert.Equal(InputErrorKind.UnsupportedType, error.Kind);
        Assert.False(Recording.Recognizes(new MemoryStream(text)));
        Assert.True(Recording.Recognizes(File.OpenRead(RepositoryPaths.Sample("Trumpet.mf.A4B4.aiff"))));
    }

    private static void ReadEverything(byte[] bytes)
    {
        Try(() => WavConversion.Convert(new MemoryStream(bytes), Stream.Null));
        Try(() => Recording.Inspect(new MemoryStream(bytes)));
        Try(() => MelAtOwnRate(bytes));
    }

    private static void MelAtOwnRate(byte[] bytes) => AudioFeatures.MelPower(
        new MemoryStream(bytes), targetRate: null, new MelOptions { FrameLength = 64, HopLength = 32, Bands = 4 });

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (InputException error)
        {
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Rich(int bits, string? compression)
    {
        var sound = Enumerable.Range(0, 204).Select(i => (byte)(i * 7)).ToArray();
        if (compression is "fl32" or "fl64") sound = new byte[192];
        return new AiffBuilder { Type = compression is null ? "AIFF" : "AIFC" }
            .Chunk("NAME", "odd"u8.ToArray()).Common(1, 100, bits, 44100, compression)
            .Sound(sound, offset: 2).Chunk("ANNO", "after"u8.ToArray()).Build();
    }

    private static byte[] Wav(byte[] aiff)
    {
        using var target = new MemoryStream();
        WavConversion.Convert(new MemoryStream(aiff), target);
        return target.ToArray();
    }
}
