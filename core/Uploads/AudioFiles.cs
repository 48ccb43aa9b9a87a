namespace MusicPipeline.Uploads;

/// <summary>Names of the files of a converted recording.</summary>
public static class AudioFiles
{
    /// <summary>The recording in numbers, written last: an <see cref="AudioDocument"/>.</summary>
    public const string Document = "audio.json";

    /// <summary>The sound.</summary>
    public const string Wave = "audio.wav";

    /// <summary>The mel spectrogram in dB, bands x frames, float32.</summary>
    public const string Mel = "mel.npy";

    /// <summary>The mel spectrogram as a picture.</summary>
    public const string Picture = "mel.png";

    /// <summary>The page that plays the sound under the picture.</summary>
    public const string Page = "index.html";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Document, Wave, Mel, Picture, Page];

    /// <summary>The recording and the file that a path names, such as <c>cello.aiff/audio.wav</c>; null where it names no file.</summary>
    public static (string Recording, string File)? Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash > 0 && All.Contains(path[(slash + 1)..], StringComparer.Ordinal) ? (path[..slash], path[(slash + 1)..]) : null;
    }
}
