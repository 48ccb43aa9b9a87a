using MusicPipeline.Audio;
using MusicPipeline.Audio.Recordings;

namespace MusicPipeline.Local.Inspecting;

/// <summary>A recording.</summary>
internal sealed class RecordingInspection(AudioSummary recording) : IInspection
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, string? Value)> Facts =>
    [
        ("kind", $"{recording.Format} recording{(recording.Compression is { } type ? $", compression type '{type}'" : "")}"),
        (
            "length",
            $"{TimeSpan.FromSeconds(Math.Min(recording.Seconds, TimeSpan.MaxValue.TotalSeconds / 2)):h\\:mm\\:ss\\.fff} "
            + $"({recording.Frames:N0} frames)"),
        ("channels", recording.Channels.ToString()),
        ("sample rate", $"{recording.SampleRate:G10} Hz"),
        ("samples", Samples(recording)),
        ("title", recording.Text.Name),
        ("author", recording.Text.Author),
        ("copyright", recording.Text.Copyright),
        ("comments", recording.Text.Annotation),
        .. recording.Warnings.Select(warning => ("warning", (string?)warning)),
    ];

    /// <inheritdoc/>
    public object Document => recording;

    /// <summary>Reads the header of a recording.</summary>
    public static IInspection Read(Stream file) => new RecordingInspection(Recording.Inspect(file));

    /// <summary>The sample format in words: <c>16-bit integers</c>.</summary>
    internal static string Samples(AudioSummary recording) => recording.Encoding switch
    {
        SampleEncoding.SignedInteger => $"{recording.BitsPerSample}-bit integers",
        SampleEncoding.UnsignedInteger => $"{recording.BitsPerSample}-bit unsigned integers",
        SampleEncoding.Float => $"{recording.BitsPerSample}-bit floats",
        SampleEncoding.MuLaw => "8-bit µ-law",
        SampleEncoding.ALaw => "8-bit A-law",
        SampleEncoding.MpegLayer3 => "MPEG audio layer III",
        SampleEncoding.Vorbis => "Vorbis",
        _ => "IMA ADPCM, 4:1",
    };
}
