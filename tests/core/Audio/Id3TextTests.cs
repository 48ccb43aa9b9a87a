using System.Text;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>Texts of MP3 files: ID3 tags of every version, in front of the sound and behind it.</summary>
public sealed class Id3TextTests
{
    private static readonly byte[] Sound =
        File.ReadAllBytes(Path.Combine(RepositoryPaths.Root, "tests", "core", "Audio", "Compressed", "mono-16k-untagged.mp3"));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_Version_Says_Title_Artist_Copyright_And_Comments(byte version)
    {
        byte[] tag = Id3.Tag(
            version,
            Frame(version, "APIC", "PIC", new byte[90_000]),
            Frame(version, "TIT2", "TT2", [0, .. Encoding.Latin1.GetBytes("Übung")]),
            Frame(version, "TPE1", "TP1", [1, 0xFF, 0xFE, .. Encoding.Unicode.GetBytes("笛 Nobody\0")]),
            Frame(version, "TCOP", "TCR", [1, 0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("2026 No one")]),
            Frame(version, "COMM", "COM", [0, .. "engiTunNORM\0 00001"u8]),
            Frame(version, "COMM", "COM", [0, .. "eng\0First take"u8]),
            Frame(version, "TXXX", "TXX", [0, .. "mood\0calm"u8]),
            Frame(version, "TXXX", "TXX", [0, .. "comment\0by ffmpeg"u8]),
            Frame(version, "COMM", "COM", [1, .. "eng"u8, 0xFF, 0xFE, 0, 0, 0xFF, 0xFE, .. Encoding.Unicode.GetBytes("in the hall")]));

        var summary = Recording.Inspect(new MemoryStream([.. tag, .. Sound]));

        Assert.Equal(new AudioText("Übung", "笛 Nobody", "2026 No one", "First take\nby ffmpeg\nin the hall"), summary.Text);
        Assert.Empty(summary.Warnings);
        Assert.Equal(10_944, summary.Frames);
    }

    [Fact]
    public void Texts_Go_Into_The_Wav_File()
    {
        using var mp3 = new MemoryStream([.. Id3.Tag(4, Frame(4, "TIT2", "", [3, .. "Flöte"u8])), .. Sound]);
        using var wav = new MemoryStream();
        WavConversion.Convert(mp3, wav, TestContext.Current.CancellationToken);
        wav.Position = 0;
        Assert.Equal("Flöte", Recording.Inspect(wav).Text.Name);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Bytes_That_Would_Look_Like_A_Frame_Are_Put_Back(byte version)
    {
        // A zero stands behind each 0xFF: in version 4 inside of frames that say so, before it in all of the tag, where sizes leave it out.
        byte[] about = [1, 0xFF, 0xFE, .. Encoding.Unicode.GetBytes("ÿa")];
        byte[] stuffed = [1, 0xFF, 0, 0xFE, 0xFF, 0, 0, .. Encoding.Unicode.GetBytes("a")];
        var tag = version == 3
            ? Id3.Tag(3, [.. Frame(3, "TIT2", "", about)[..10], .. stuffed, .. Frame(3, "TPE1", "", [0, .. "Nobody"u8])])
            : Id3.Tag(4, Frame(4, "TIT2", "", stuffed), Frame(4, "TPE1", "", [0, .. "Nobody"u8]));
        if (version == 3) tag[5] = 0x80;
        else tag[10 + 9] = 0x02;
        var text = Recording.Inspect(new MemoryStream([.. tag, .. Sound])).Text;
        Assert.Equal(("ÿa", "Nobody"), (text.Name, text.Author));
    }

    [Fact]
    public void The_Tag_At_The_End_Fills_In_What_The_Others_Leave_Out()
    {
        var last = new byte[128];
        "TAGTitle of old"u8.CopyTo(last);
        "Artist of old"u8.CopyTo(last.AsSpan(33));
        "Remark\0"u8.CopyTo(last.AsSpan(97));
        last[126] = 7;
        byte[] file = [.. Id3.Tag(3, Frame(3, "TIT2", "", [0, .. "Title"u8])), .. Sound, .. last];
        Assert.Equal(new AudioText("Title", "Artist of old", Annotation: "Remark"), Recording.Inspect(new MemoryStream(file)).Text);
    }

    [Fact]
    public void Long_Texts_Are_Cut_And_Damaged_Tags_Left_Out()
    {
        var summary = Recording.Inspect(new MemoryStream(
            [.. Id3.Tag(3, Frame(3, "COMM", "", [0, .. "eng\0"u8, .. Enumerable.Repeat((byte)'x', 300_000)])), .. Sound]));
        Assert.InRange(summary.Text.Annotation!.Length, 16_000, 16_384);
        Assert.Contains(summary.Warnings, warning => warning.Contains("were cut", StringComparison.Ordinal));

        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var tag = Id3.Tag((byte)(2 + (round % 3)), Frame((byte)(2 + (round % 3)), "TIT2", "TT2", [0, .. "Title"u8]), new byte[200]);
            tag[5] = (byte)(random.Next(256) & 0xEF);
            random.NextBytes(tag.AsSpan(10 + random.Next(20), 12));
            Assert.Equal(10_944, Recording.Inspect(new MemoryStream([.. tag, .. Sound])).Frames);
        }
    }

    private static byte[] Frame(byte version, string name, string shortName, byte[] body) => version switch
    {
        2 => [.. Encoding.ASCII.GetBytes(shortName), (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body],
        3 => [.. Encoding.ASCII.GetBytes(name), 0, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, 0, 0, .. body],
        _ => [.. Encoding.ASCII.GetBytes(name), .. Id3.Number(body.Length), 0, 0, .. body],
    };
}
