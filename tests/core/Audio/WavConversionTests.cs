using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CsCheck;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Json;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

public sealed class WavConversionTests
{
    // At least one frame of the widest kind.
    private static readonly Gen<byte[]> GenSound = Gen.Byte.Array[128, 4000];

    [Fact]
    public void Big_Endian_Integers_Of_Every_Width_Keep_Their_Value()
    {
        Gen.Select(Gen.Int[1, 32], Gen.Int[1, 32], GenSound, Gen.OneOf<string?>((string?)null, "NONE", "twos"))
            .Sample((bits, channels, bytes, type) =>
        {
            var width = (bits + 7) / 8;
            var sound = Whole(bytes, width * channels);
            var (wav, summary) = WavContent.Convert(AiffBuilder.Simple(sound, channels, bits, compression: type));
            Assert.Equal(sound.Chunk(width).Select(BigEndian), wav.Samples());
            Assert.Equal((channels, bits, width * 8), (wav.Channels, summary.BitsPerSample, wav.Bits));
            Assert.Equal(channels > 2 || width > 2 || bits % 8 != 0, wav.Tag == 0xFFFE);
            if (wav.Tag == 0xFFFE) Assert.Equal(bits, wav.ValidBits);
        });
    }

    [Fact]
    public void Little_Endian_Integers_Keep_Their_Bytes()
    {
        Gen.Select(Gen.OneOf(("sowt", 2), ("sowt", 3), ("sowt", 4), ("42n1", 3), ("23ni", 4)), Gen.Int[1, 6], GenSound)
            .Sample((type, channels, bytes) =>
            {
                var sound = Whole(bytes, type.Item2 * channels);
                var (wav, _) = WavContent.Convert(AiffBuilder.Simple(sound, channels, type.Item2 * 8, compression: type.Item1));
                Assert.Equal(sound, wav.Data);
            });
    }

    [Fact]
    public void Floats_Stay_Floats()
    {
        Gen.Select(Gen.OneOf(("fl32", 4), ("FL32", 4), ("fl64", 8), ("FL64", 8)), Gen.Int[1, 4], GenSound)
            .Sample((type, channels, bytes) =>
            {
                var sound = Whole(bytes, type.Item2 * channels);
                var (wav, summary) = WavContent.Convert(AiffBuilder.Simple(sound, channels, 16, compression: type.Item1));
                Assert.True(wav.IsFloat);
                Assert.Equal(SampleEncoding.Float, summary.Encoding);
                Assert.Equal(sound.Chunk(type.Item2).SelectMany(s => s.Reverse()), wav.Data);
            });
    }

    [Fact]
    public void Unsigned_Bytes_Stay_As_They_Are()
    {
        byte[] sound = [0, 1, 127, 128, 129, 255];
        Assert.Equal(sound, WavContent.Convert(AiffBuilder.Simple(sound, bits: 8, compression: "raw ")).Wav.Data);
    }

    [Theory]
    [InlineData("ulaw", 0x00, -32124)]
    [InlineData("ulaw", 0x80, 32124)]
    [InlineData("ulaw", 0xFF, 0)]
    [InlineData("alaw", 0x2A, -32256)]
    [InlineData("alaw", 0xAA, 32256)]
    [InlineData("alaw", 0xD5, 8)]
    public void Companded_Samples_Become_16_Bits(string law, byte code, short sample)
    {
        var (wav, summary) = WavContent.Convert(AiffBuilder.Simple([code], bits: 16, compression: law));
        Assert.Equal(sample, BinaryPrimitives.ReadInt16LittleEndian(wav.Data));
        Assert.Equal(16, summary.BitsPerSample);
    }

    [Fact]
    public void Adpcm_Packets_Become_64_Frames_Each()
    {
        // Left: predictor 0x1280, step index 0, all nibbles 7. Right: silence.
        byte[] left = [0x12, 0x80, .. Enumerable.Repeat((byte)0x77, 32)];
        var (wav, summary) = WavContent.Convert(AiffBuilder.Simple([.. left, .. new byte[34]], channels: 2, compression: "ima4"));
        var samples = wav.Samples();
        Assert.Equal(64, summary.Frames);
        // The first step is 7: 7 + 7/2 + 7/4 + 7/8, then the step of index 8, which is 16.
        Assert.Equal((0x1280 + 11) / 32768.0, samples[0]);
        Assert.Equal((0x1280 + 11 + 30) / 32768.0, samples[2]);
        Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(0, samples[2 * i + 1]));
    }

    [Fact]
    public void Reads_Chunks_In_Any_Order()
    {
        byte[] sound = [1, 2, 3, 4, 5, 6];
        Gen.Select(Gen.Int, Gen.Byte.Array[0, 9], Gen.Int[0, 20]).Sample((seed, junk, offset) =>
        {
            var aiff = new AiffBuilder { Type = "AIFC" }
                .Common(1, 3, 16, 8000, "NONE").Sound(sound, (uint)offset).Chunk("FVER", new byte[4])
                .Chunk("APPL", junk).Chunk("zzzz", junk).Chunk("NAME", "Odd"u8.ToArray()).Chunk("MARK", [0, 0])
                .Shuffle(seed).Build();
            var (wav, summary) = WavContent.Convert(aiff);
            Assert.Equal([2, 1, 4, 3, 6, 5], wav.Data);
            Assert.Equal("Odd", summary.Text.Name);
            Assert.Empty(summary.Warnings);
        });
    }

    [Fact]
    public void Texts_Become_Info()
    {
        var aiff = new AiffBuilder().Common(1, 1, 16, 44100)
            .Chunk("NAME", Encoding.UTF8.GetBytes("Ünïcode"))
            .Chunk("AUTH", [(byte)'J', 0x9A])
            .Chunk("(c) ", "1997 A & B\0"u8.ToArray())
            .Chunk("ANNO", "one"u8.ToArray()).Chunk("ANNO", []).Chunk("ANNO", "two"u8.ToArray())
            .Sound([0, 0]).Build();
        var (wav, summary) = WavContent.Convert(aiff);
        Assert.Equal(new AudioText("Ünïcode", "Jö", "1997 A & B", "one\ntwo"), summary.Text);
        Assert.StartsWith("INFOINAM", Encoding.UTF8.GetString(wav.Chunks["LIST"]), StringComparison.Ordinal);
        using var target = new MemoryStream();
        WavConversion.Convert(new MemoryStream(aiff), target, TestContext.Current.CancellationToken);
        Assert.Equal(summary.Text, Recording.Inspect(target).Text);
    }

    [Theory]
    [InlineData(0.5, 1u)]
    [InlineData(7.5, 8u)]
    [InlineData(11127.272727272728, 11127u)]
    public void Fractional_Rates_Are_Rounded_With_A_Warning(double rate, uint rounded)
    {
        var (wav, summary) = WavContent.Convert(AiffBuilder.Simple([1, 2], rate: rate));
        Assert.Equal(rounded, wav.Rate);
        Assert.Equal(rate, summary.SampleRate);
        Assert.Contains("whole sample rate", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4u)]
    [InlineData(uint.MaxValue)]
    public void Takes_The_Sound_Of_A_Recorder_That_Never_Wrote_The_Size(uint size)
    {
        var aiff = new AiffBuilder().Common(1, 0, 16, 8000).Chunk("SSND", [.. new byte[8], 1, 2, 3, 4], size).Build();
        var (wav, summary) = WavContent.Convert(aiff);
        Assert.Equal([2, 1, 4, 3], wav.Data);
        Assert.NotEmpty(summary.Warnings);
    }

    [Fact]
    public void Odd_Data_Is_Padded()
    {
        using var target = new ForwardStream();
        WavConversion.Convert(new MemoryStream(AiffBuilder.Simple([1, 2, 3], bits: 8)), target, TestContext.Current.CancellationToken);
        var wav = target.ToArray();
        Assert.Equal(0, wav.Length % 2);
        Assert.Equal([129, 130, 131], new WavContent(wav).Data);
    }

    [Fact]
    public void Stops_When_Cancelled()
    {
        var aiff = AiffBuilder.Simple(new byte[1 << 20]);
        Assert.Throws<OperationCanceledException>(
            () => WavConversion.Convert(new MemoryStream(aiff), Stream.Null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Summary_Survives_Json()
    {
        var (_, summary) = WavContent.Convert(AiffBuilder.Simple([1, 2], rate: 7.5));
        var json = JsonSerializer.Serialize(summary, PipelineJson.Options);
        var read = JsonSerializer.Deserialize<AudioSummary>(json, PipelineJson.Options)!;
        Assert.Equal(summary with { Warnings = [] }, read with { Warnings = [] });
        Assert.Equal(summary.Warnings, read.Warnings);
        Assert.Contains("\"encoding\": \"signedInteger\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Violin.mf.Db5Eb5.aiff")]
    [InlineData("Trumpet.mf.A4B4.aiff")]
    public void Converts_A_Real_Recording(string name)
    {
        var aiff = File.ReadAllBytes(RepositoryPaths.Sample(name));
        var (wav, summary) = WavContent.Convert(aiff);
        Assert.Equal((1, 44100.0, 16, 229320L), (summary.Channels, summary.SampleRate, summary.BitsPerSample, summary.Frames));
        Assert.Empty(summary.Warnings);
        // COMM and the head of SSND take 54 bytes.
        Assert.Equal(aiff[54..].Chunk(2).SelectMany(s => s.Reverse()), wav.Data);
    }

    private static byte[] Whole(byte[] bytes, int unit) => bytes[..(bytes.Length / unit * unit)];

    private static double BigEndian(byte[] sample)
    {
        long value = (sbyte)sample[0];
        foreach (var b in sample.AsSpan(1)) value = (value << 8) | b;
        return value / Math.Pow(2, 8 * sample.Length - 1);
    }
}
