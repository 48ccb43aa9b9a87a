using MusicPipeline.Audio.Recordings;
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
        Assert.Equal("AIFF, AIFF-C or WAV", RecordingFormat.NamesOf(RecordingFormat.All));
        Assert.Equal("AIFF or AIFF-C", RecordingFormat.NamesOf(RecordingFormat.Converted));
        Assert.Equal(".aiff, .aif or .aifc", RecordingFormat.ExtensionsOf(RecordingFormat.Converted));
    }
}
