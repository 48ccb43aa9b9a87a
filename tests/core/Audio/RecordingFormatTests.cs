using System.Text;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>What a new format must not forget.</summary>
public sealed class RecordingFormatTests
{
    public static TheoryData<string> Extensions => [.. RecordingFormat.All.SelectMany(format => format.Extensions)];

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_Browser_Is_Told_That_It_Is_Audio(string extension)
    {
        Assert.StartsWith("audio/", ContentTypes.Of("cello" + extension), StringComparison.Ordinal);
        Assert.Contains(extension, RecordingFormat.OfName("Cello" + extension.ToUpperInvariant())!.Extensions);
    }

    [Theory]
    [InlineData("fLaC\0\0\0\"and more", "FLAC")]
    [InlineData("\0\0\0 ftypM4A and more", "MP4")]
    [InlineData("ID3\u0004\0\0\0\0\0\u0002XXfLaC\0\0\0\"and more", "FLAC")]
    [InlineData("wvpk\u0002\0\0\0 and more", "WavPack")]
    [InlineData("MThd\0\0\0\u0006 and more", "MIDI")]
    public void Formats_That_Are_Not_Read_Are_Named_With_The_Way_Out(string start, string name)
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(start));
        var error = Assert.ThrowsAny<InputException>(() => Recording.Open(stream));
        Assert.Matches(
            $"this is an? {name} recording, which is not read; convert it first, such as with 'ffmpeg -i IN OUT.wav'", error.Message);
        Assert.Equal(InputErrorKind.UnsupportedType, error.Kind);
    }

    [Fact]
    public void Other_Names_Are_Of_No_Format()
    {
        Assert.Null(RecordingFormat.OfName("notes.npy"));
        Assert.Null(RecordingFormat.OfName("aiff"));
        Assert.Null(RecordingFormat.OfName(""));
    }

    [Fact]
    public void Names_Are_Told_In_Words()
    {
        Assert.Equal("AIFF, AIFF-C, WAV, MP3 or Ogg Vorbis", RecordingFormat.Names);
        Assert.Equal(".aiff, .aif, .aifc, .wav, .mp3, .ogg or .oga", RecordingFormat.AllExtensions);
    }
}
