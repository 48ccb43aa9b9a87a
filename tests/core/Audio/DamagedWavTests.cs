using System.Buffers.Binary;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Recordings;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>WAV files that are wrong in a way that leaves their sound readable, or nothing of it.</summary>
public sealed class DamagedWavTests
{
    private static readonly byte[] Sound = [.. Enumerable.Range(0, 400).Select(i => (byte)(i * 7))];
    private static readonly float[] Samples = RecordingSamples.Of(new WavBuilder().Format().Chunk("data", Sound).Build());

    [Fact]
    public void What_Stands_Before_The_Sound_Is_Stepped_Over()
    {
        Reads(new WavBuilder().Chunk("\u0001\u0002\u0003\u0004", [1, 2]).Format().Chunk("data", Sound), "unprintable");
        Reads(new WavBuilder().Format().Chunk("©nam", [1, 2, 3]).Chunk("data", Sound), "unprintable");
        Reads(new WavBuilder().Bytes(0, 0, 0).Format().Chunk("data", Sound), "Zero bytes");
        foreach (var zeros in (int[])[1, 2, 7, 8, 16, 5000])
            Reads(new WavBuilder().Format().Bytes(new byte[zeros]).Chunk("data", Sound), "Zero bytes");
        Reads(new WavBuilder().Format().Chunk("junk", [1, 2, 3], pad: false).Chunk("zzzz", [4, 5]).Chunk("data", Sound), "no pad byte");
        Reads(new WavBuilder().Format().Chunk("zzzz", [1], pad: false).Chunk("data", Sound), "no pad byte");
        Reads([.. Id3.Tag(300, footer: true), .. new WavBuilder().Format().Chunk("data", Sound).Build()], "ID3");
    }

    [Fact]
    public void Texts_Without_Pad_Bytes_Are_Read()
    {
        var list = new WavBuilder().Chunk("INAM", "abc"u8.ToArray(), pad: false).Chunk("IART", "defg"u8.ToArray()).Build()[12..];
        var summary = Recording.Inspect(new MemoryStream(
            new WavBuilder().Format().Chunk("LIST", [.. "INFO"u8, .. list]).Chunk("data", Sound).Build()));
        Assert.Equal(("abc", "defg"), (summary.Text.Name, summary.Text.Author));
    }

    [Theory]
    [InlineData(0u, null)]
    [InlineData(uint.MaxValue, null)]
    [InlineData(uint.MaxValue, 0L)]
    [InlineData(uint.MaxValue, -1L)]
    public void A_Recorder_That_Was_Switched_Off_Leaves_Its_Sound(uint size, long? size64)
    {
        var sizes = new byte[28];
        BinaryPrimitives.WriteInt64LittleEndian(sizes.AsSpan(8), size64 ?? 0);
        foreach (var riff in (uint[])[0, 36, uint.MaxValue])
        {
            var wav = new WavBuilder();
            if (size64 is not null) wav.Chunk("ds64", sizes);
            Reads(wav.Format().Chunk("data", Sound, size).Build(size64 is null ? "RIFF" : "RF64", riff), "never filled in");
        }
    }

    [Fact]
    public void An_Empty_Data_Chunk_Before_A_Text_Is_No_Switched_Off_Recorder() =>
        IsEmpty(new WavBuilder().Format().Chunk("data", []).Chunk("LIST", [.. "INFOINAM"u8, 2, 0, 0, 0, (byte)'a', (byte)'b']));

    [Fact]
    public void A_Recording_Of_Which_Nothing_Is_Left_Is_Not_Analysed()
    {
        IsEmpty(new WavBuilder().Format().Chunk("data", []));
        IsEmpty(new WavBuilder().Format().Chunk("data", [], size: 400));
        IsEmpty(new WavBuilder().Format().Chunk("data", [], size: uint.MaxValue));
        IsEmpty(new WavBuilder().Format(channels: 2, bits: 24).Chunk("data", [1, 2, 3, 4, 5]));
    }

    [Fact]
    public void An_Rf64_File_That_Was_Cut_Says_So()
    {
        var sizes = new byte[28];
        BinaryPrimitives.WriteInt64LittleEndian(sizes.AsSpan(8), long.MaxValue - 1);
        Reads(new WavBuilder().Chunk("ds64", sizes).Format().Chunk("data", Sound, uint.MaxValue).Build("RF64"), "the file ends after 400");
    }

    [Theory]
    [InlineData(1, 16, 0)]
    [InlineData(1, 16, 16)]
    [InlineData(2, 16, 32)]
    [InlineData(2, 16, 0)]
    [InlineData(2, 24, 48)]
    [InlineData(1, 8, 8)]
    [InlineData(1, 8, 0)]
    public void A_Block_Align_In_Bits_Or_0_Is_Mended(int channels, int bits, int align)
    {
        var sound = Sound[..(Sound.Length / 24 * 24)];
        var right = new WavBuilder().Format(channels, bits).Chunk("data", sound).Build();
        var wrong = new WavBuilder().Format(channels, bits, align).Chunk("data", sound).Build();
        Assert.Equal(RecordingSamples.Of(right), RecordingSamples.Of(wrong));
        var warning = Assert.Single(Recording.Inspect(new MemoryStream(wrong)).Warnings);
        Assert.Contains($"says {align} bytes a frame", warning, StringComparison.Ordinal);
        Assert.Empty(Recording.Inspect(new MemoryStream(right)).Warnings);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 1)]
    [InlineData(100, 1)]
    public void Bytes_Behind_The_Riff_Chunk_Are_Named(int bytes, int warnings)
    {
        var whole = new WavBuilder().Format().Chunk("data", Sound).Build();
        foreach (var value in (byte[])[0, (byte)'x', 0xFF])
        {
            byte[] longer = [.. whole, .. Enumerable.Repeat(value, bytes)];
            Assert.Equal(warnings, Recording.Inspect(new MemoryStream(longer)).Warnings.Count);
            Assert.Equal(Samples, RecordingSamples.Of(longer));
        }
    }

    private static void Reads(WavBuilder wav, string warning) => Reads(wav.Build(), warning);

    private static void Reads(byte[] wav, string warning)
    {
        Assert.Equal(Samples, RecordingSamples.Of(wav));
        Assert.Contains(warning, Assert.Single(Recording.Inspect(new MemoryStream(wav)).Warnings), StringComparison.Ordinal);
    }

    private static void IsEmpty(WavBuilder builder)
    {
        var wav = builder.Build();
        var summary = Recording.Inspect(new MemoryStream(wav));
        Assert.Equal(0, summary.Frames);
        Assert.Contains("The recording holds no sound, so it is not converted.", summary.Warnings);
        Assert.Equal("data", Assert.Throws<AudioFormatException>(() => AudioFeatures.MelPower(new MemoryStream(wav))).Chunk);
    }
}
