using MusicPipeline.Audio.Aiff;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Mpeg;
using MusicPipeline.Audio.Ogg;
using MusicPipeline.Audio.Wav;

namespace MusicPipeline.Audio.Recordings;

/// <summary>
/// A file format of recordings. To read another: a reader that gives an <see cref="IPcmSource"/>, and an entry in <see cref="All"/>.
/// </summary>
public sealed class RecordingFormat
{
    private RecordingFormat(
        string name, string[] extensions, Func<RecordingStart, bool> begins, Func<RecordingStart, IPcmSource> read) =>
        (Name, Extensions, Begins, Read) = (name, extensions, begins, read);

    /// <summary>All that are read.</summary>
    public static IReadOnlyList<RecordingFormat> All { get; } =
    [
        new("AIFF", [".aiff", ".aif"], start => start.IsOf("FORM"u8, "AIFF"u8), AiffReader.Read),
        new("AIFF-C", [".aifc"], start => start.IsOf("FORM"u8, "AIFC"u8), AiffReader.Read),
        new("WAV", [".wav"], start => start.IsOf("RIFF"u8, "WAVE"u8) || start.IsOf("RF64"u8, "WAVE"u8), WavReader.Read),
        new("MP3", [".mp3"], MpegReader.Begins, MpegReader.Read),
        new("Ogg Vorbis", [".ogg", ".oga"], OggReader.Begins, OggReader.Read),
    ];

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Extensions of such files in lower case, the usual one first.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a file begins as this format does.</summary>
    internal Func<RecordingStart, bool> Begins { get; }

    /// <summary>Reads the header of a recording; throws <see cref="AudioFormatException"/> where it cannot.</summary>
    internal Func<RecordingStart, IPcmSource> Read { get; }

    /// <summary>The format that a file's extension stands for, or null.</summary>
    public static RecordingFormat? OfName(string file)
    {
        var extension = Path.GetExtension(file);
        return All.FirstOrDefault(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Their names in words: <c>AIFF, AIFF-C, WAV ...</c>.</summary>
    public static string Names => Either(All.Select(format => format.Name));

    /// <summary>Their extensions in words: <c>.aiff, .aif, .aifc ...</c>.</summary>
    public static string AllExtensions => Either(All.SelectMany(format => format.Extensions));

    private static string Either(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }
}
