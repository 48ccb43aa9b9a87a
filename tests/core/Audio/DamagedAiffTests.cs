using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Recordings;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>AIFF and AIFF-C files that are wrong in a way that leaves their sound readable, or nothing of it.</summary>
public sealed class DamagedAiffTests
{
    private static readonly byte[] Sound = [.. Enumerable.Range(0, 400).Select(i => (byte)(i * 7))];

    public static TheoryData<string, string?> Types => new()
    {
        { "AIFF", null }, { "AIFC", "NONE" }, { "AIFC", "sowt" }, { "AIFC", "fl32" }, { "AIFC", "ulaw" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void What_Stands_Before_The_Sound_Is_Stepped_Over(string type, string? compression)
    {
        var whole = Builder(type, compression).Sound(Sound).Build();
        Reads(
            whole,
            Builder(type, compression).Chunk("©nam", [1, 2, 3]).Chunk("\u0001\u0002\u0003\u0004", []).Sound(Sound),
            "unprintable");
        Reads(whole, New(type).Chunk("\0bad", [0, 1, 2]).Bytes(Common(compression)).Sound(Sound), "unprintable");
        foreach (var zeros in (int[])[1, 2, 7, 8, 16, 5000, 70_000])
            Reads(whole, Builder(type, compression).Bytes(new byte[zeros]).Sound(Sound), "Zero bytes");
        Reads(whole, New(type).Bytes(new byte[4]).Bytes(Common(compression)).Sound(Sound), "Zero bytes");
        Reads(whole, Builder(type, compression).Chunk("APPL", [1, 2, 3], pad: false).Chunk("zzzz", [4, 5]).Sound(Sound), "no pad byte");
        Reads(whole, Builder(type, compression).Chunk("zzzz", [1], pad: false).Sound(Sound), "no pad byte");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(70_000)]
    public void Id3_Tags_In_Front_Are_Stepped_Over(int length)
    {
        var whole = Builder("AIFF", null).Sound(Sound).Build();
        Reads(whole, [.. Id3.Tag(length), .. whole], "ID3");
        Reads(whole, [.. Id3.Tag(length, footer: true), .. Id3.Tag(5), .. whole], "ID3");
        var lone = Assert.Throws<AudioFormatException>(() => Recording.Inspect(new MemoryStream(Id3.Tag(length))));
        Assert.Contains("ID3", lone.Message, StringComparison.Ordinal);
        var mp3 = new MemoryStream([.. Id3.Tag(length), 0xFF, 0xFB, .. new byte[100]]);
        Assert.False(Recording.Recognizes(mp3));
        Assert.Throws<AudioFormatException>(() => Recording.Inspect(mp3));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_Recorder_That_Was_Switched_Off_Leaves_Its_Sound(string type, string? compression)
    {
        var whole = Builder(type, compression).Sound(Sound).Build();
        foreach (var size in (uint[])[0, 4, 8, uint.MaxValue])
        {
            foreach (var announced in (long[])[0, 1_000_000])
                Reads(
                    whole,
                    New(type).Bytes(Common(compression, announced)).Chunk("SSND", [.. new byte[8], .. Sound], size),
                    "never filled in");
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(8u)]
    public void An_Empty_Sound_Chunk_Before_A_Text_Is_No_Switched_Off_Recorder(uint size)
    {
        var aiff = New("AIFF").Bytes(Common(null, 0)).Chunk("SSND", new byte[size]).Chunk("NAME", "Silence"u8.ToArray()).Build();
        Assert.Equal("Silence", Recording.Inspect(new MemoryStream(aiff)).Text.Name);
        IsRefused(aiff);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_Recording_Of_Which_Nothing_Is_Left_Is_Refused(string type, string? compression)
    {
        var whole = Builder(type, compression).Sound(Sound).Build();
        for (var length = whole.Length - Sound.Length - 16; length <= whole.Length - Sound.Length; length++) IsRefused(whole[..length]);
        IsRefused(New(type).Bytes(Common(compression, 0)).Build());
        IsRefused(New(type).Bytes(Common(compression, 0)).Sound([]).Build());
        IsRefused(New(type).Bytes(Common(compression, 100)).Sound([]).Build());
    }

    [Fact]
    public void An_Aiff_Cut_To_50_Bytes_Is_Inspected_And_Not_Converted()
    {
        var cut = Builder("AIFF", null).Sound(Sound).Build()[..50];
        var summary = Recording.Inspect(new MemoryStream(cut));
        Assert.Equal(0, summary.Frames);
        Assert.Contains("The recording holds no sound, so it is not converted.", summary.Warnings);
        IsRefused(cut);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(7, 1)]
    [InlineData(100, 1)]
    public void Bytes_Behind_The_Form_Are_Named(int bytes, int warnings)
    {
        var whole = Builder("AIFF", null).Sound(Sound).Build();
        foreach (var value in (byte[])[0, (byte)'x', 0xFF])
        {
            byte[] longer = [.. whole, .. Enumerable.Repeat(value, bytes)];
            Assert.Equal(warnings, Recording.Inspect(new MemoryStream(longer)).Warnings.Count);
            Assert.Equal(WavContent.Convert(whole).Wav.Data, WavContent.Convert(longer).Wav.Data);
        }
    }

    [Fact]
    public void A_Second_File_Behind_The_First_Is_Named_And_A_Text_Behind_A_Wrong_Form_Size_Is_Read()
    {
        var whole = Builder("AIFF", null).Sound(Sound).Build();
        var both = Recording.Inspect(new MemoryStream([.. whole, .. whole]));
        Assert.Equal(200, both.Frames);
        Assert.Contains("behind the end of the FORM chunk", Assert.Single(both.Warnings), StringComparison.Ordinal);

        byte[] text = [.. whole, .. "NAME\0\0\0\u0002ab"u8];
        Assert.Equal("ab", Recording.Inspect(new MemoryStream(text)).Text.Name);
    }

    private static AiffBuilder New(string type) => new() { Type = type };

    private static AiffBuilder Builder(string type, string? compression) => New(type).Bytes(Common(compression));

    private static byte[] Common(string? compression, long? frames = null)
    {
        var width = compression switch { "fl32" => 4, "ulaw" => 1, _ => 2 };
        return new AiffBuilder().Common(1, frames ?? Sound.Length / width, 16, 44100, compression).Build()[12..];
    }

    private static void Reads(byte[] whole, AiffBuilder damaged, string warning) => Reads(whole, damaged.Build(), warning);

    private static void Reads(byte[] whole, byte[] damaged, string warning)
    {
        var (wav, summary) = WavContent.Convert(damaged);
        Assert.Equal(WavContent.Convert(whole).Wav.Data, wav.Data);
        Assert.Contains(summary.Warnings, w => w.Contains(warning, StringComparison.Ordinal));
    }

    private static void IsRefused(byte[] recording)
    {
        using var target = new MemoryStream();
        var error = Assert.Throws<AudioFormatException>(() => WavConversion.Convert(new MemoryStream(recording), target));
        Assert.Equal("SSND", error.Chunk);
        Assert.Equal(0, target.Length);
        Assert.Equal(error.Message, Assert.Throws<AudioFormatException>(() => AudioFeatures.MelPower(new MemoryStream(recording))).Message);
    }
}
