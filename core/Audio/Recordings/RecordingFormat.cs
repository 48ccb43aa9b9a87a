using MusicPipeline.Audio.Aiff;
using MusicPipeline.Audio.Chunks;
using MusicPipeline.Audio.Wav;

namespace MusicPipeline.Audio.Recordings;

/// <summary>
/// A file format of recordings. To read another: a reader that gives an <see cref="IPcmSource"/>, and an entry in <see cref="All"/>.
/// </summary>
public sealed class RecordingFormat
{
    private RecordingFormat(
        string name, string[] extensions, bool isConverted, Func<RecordingStart, bool> begins, Func<RecordingStart, IPcmSource> read) =>
        (Name, Extensions, IsConverted, Begins, Read) = (name, extensions, isConverted, begins, read);

    /// <summary>All that are read.</summary>
    public static IReadOnlyList<RecordingFormat> All { get; } =
    [
        new("AIFF", [".aiff", ".aif"], isConverted: true, start => start.IsOf("FORM"u8, "AIFF"u8), AiffReader.Read),
        new("AIFF-C", [".aifc"], isConverted: true, start => start.IsOf("FORM"u8, "AIFC"u8), AiffReader.Read),
        new("WAV", [".wav"], isConverted: false, start => start.IsOf("RIFF"u8, "WAVE"u8) || start.IsOf("RF64"u8, "WAVE"u8), WavReader.Read),
    ];

    /// <summary>Those that can be uploaded and are converted to WAV.</summary>
    public static IReadOnlyList<RecordingFormat> Converted { get; } = [.. All.Where(format => format.IsConverted)];

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Extensions of such files in lower case, the usual one first.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether such recordings can be uploaded and are converted to WAV.</summary>
    public bool IsConverted { get; }

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

    /// <summary>The names of formats in words: <c>AIFF, AIFF-C or WAV</c>.</summary>
    public static string NamesOf(IEnumerable<RecordingFormat> formats) => Either(formats.Select(format => format.Name));

    /// <summary>The extensions of formats in words: <c>.aiff, .aif or .aifc</c>.</summary>
    public static string ExtensionsOf(IEnumerable<RecordingFormat> formats) => Either(formats.SelectMany(format => format.Extensions));

    private static string Either(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }
}
