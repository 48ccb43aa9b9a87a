using System.Buffers.Binary;
using System.Text;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Audio.Samples;
using MusicPipeline.Audio.Wav;
using MusicPipeline.Errors;
using Xunit;

namespace MusicPipeline.Tests.Audio;

public sealed class WavTests
{
    [Fact]
    public void Plain_Header_Is_44_Bytes()
    {
        var header = WavHeader.Create(File(new SampleLayout(SampleEncoding.SignedInteger, 16, 2, BigEndian: true, 2), frames: 10));
        byte[] expected =
        [
            .. "RIFF"u8, 76, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, 1, 0, 2, 0, 0x44, 0xAC, 0, 0, 0x10, 0xB1, 2, 0, 4, 0,
            16, 0, .. "data"u8, 40, 0, 0, 0,
        ];
        Assert.Equal(expected, header);
    }

    [Fact]
    public void Sound_Beyond_4_GiB_Makes_An_Rf64_File()
    {
        const long Frames = 3_000_000_000;
        var header = WavHeader.Create(File(new SampleLayout(SampleEncoding.SignedInteger, 16, 2, BigEndian: true, 1), Frames));
        Assert.Equal("RF64", Encoding.ASCII.GetString(header, 0, 4));
        Assert.Equal("ds64", Encoding.ASCII.GetString(header, 12, 4));
        Assert.Equal(header.Length - 8 + 2 * Frames, BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(20)));
        Assert.Equal(2 * Frames, BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(28)));
        Assert.Equal(Frames, BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(36)));
        Assert.Equal(uint.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(header.Length - 4)));
        Assert.Equal("RF64", Recording.Inspect(new MemoryStream(header)).Format);
    }

    [Theory]
    [InlineData(null, 16, 2)]
    [InlineData(null, 12, 2)]
    [InlineData(null, 24, 5)]
    [InlineData(null, 8, 1)]
    [InlineData("fl32", 32, 2)]
    [InlineData("fl64", 64, 3)]
    [InlineData("ulaw", 8, 1)]
    public void Reads_Back_What_It_Writes(string? compression, int bits, int channels)
    {
        var aiff = AiffBuilder.Simple(new byte[720], channels, bits, 48000, compression);
        using var target = new MemoryStream();
        var source = WavConversion.Convert(new MemoryStream(aiff), target, TestContext.Current.CancellationToken);
        var copy = Recording.Inspect(target);
        Assert.Equal(
            (source.Channels, source.SampleRate, source.BitsPerSample, source.Frames),
            (copy.Channels, copy.SampleRate, copy.BitsPerSample, copy.Frames));
        Assert.Equal("WAV", copy.Format);
        Assert.Empty(copy.Warnings);
    }

    [Theory]
    [InlineData(20, 17, "0x0011")]
    [InlineData(22, 0, "0 channels")]
    [InlineData(34, 12, "bytes a frame")]
    public void Refuses_What_It_Does_Not_Read(int at, byte value, string part)
    {
        var wav = WavHeader.Create(File(new SampleLayout(SampleEncoding.SignedInteger, 16, 2, BigEndian: false, 2), frames: 0));
        wav[at] = value;
        if (at == 34) wav[32] = 3;
        var error = Assert.Throws<AudioFormatException>(() => Recording.Inspect(new MemoryStream(wav)));
        Assert.Equal("fmt", error.Chunk);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(at == 20 ? InputErrorKind.UnsupportedType : InputErrorKind.Invalid, error.Kind);
    }

    [Fact]
    public void A_Truncated_File_Has_The_Frames_That_Are_There()
    {
        var header = WavHeader.Create(File(new SampleLayout(SampleEncoding.SignedInteger, 16, 2, BigEndian: false, 2), frames: 10));
        var summary = Recording.Inspect(new MemoryStream([.. header, .. new byte[11]]));
        Assert.Equal(2, summary.Frames);
        Assert.Single(summary.Warnings);
    }

    private static StoredSamples File(SampleLayout layout, long frames) =>
        new(Stream.Null, "SSND", layout.Summarize("AIFF", 44100, frames, new AudioText(), []), layout, start: 0);
}
