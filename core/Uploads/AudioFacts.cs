using MusicPipeline.Audio;

namespace MusicPipeline.Uploads;

/// <summary>What the player page says about a recording.</summary>
internal static class AudioFacts
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(AudioSummary summary)
    {
        var compression = summary.Compression is { } type && type != "NONE" ? $" ({type})" : "";
        var facts = new List<KeyValuePair<string, string>>
        {
            new("Format", summary.Format + compression),
            new("Duration", $"{summary.Seconds:0.##} s"),
            new("Channels", summary.Channels.ToString()),
            new("Sample rate", $"{summary.SampleRate:#,0.####} Hz"),
            new("Resolution", $"{summary.BitsPerSample} bits"),
            new("Frames", summary.Frames.ToString("N0")),
        };
        Add("Title", summary.Text.Name);
        Add("Author", summary.Text.Author);
        Add("Copyright", summary.Text.Copyright);
        Add("Comment", summary.Text.Annotation);
        return facts;

        void Add(string label, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value)) facts.Add(new(label, value));
        }
    }
}
