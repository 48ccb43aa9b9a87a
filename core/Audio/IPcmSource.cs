using MusicPipeline.Audio.Samples;

namespace MusicPipeline.Audio;

/// <summary>A recording whose header has been read: where its samples are and how to decode them.</summary>
/// <param name="Format"><c>AIFF</c>, <c>AIFF-C</c>, <c>WAV</c> or <c>RF64</c>.</param>
/// <param name="Compression">AIFF-C compression type, or null.</param>
/// <param name="Layout">How the samples are stored.</param>
/// <param name="SampleRate">Frames per second, in Hz.</param>
/// <param name="Frames">Samples per channel that are there.</param>
/// <param name="DataOffset">Position of the first sample in the stream.</param>
/// <param name="Text">The text chunks.</param>
/// <param name="Warnings">What is odd about the file.</param>
internal sealed record SoundFile(
    string Format,
    string? Compression,
    SampleLayout Layout,
    double SampleRate,
    long Frames,
    long DataOffset,
    AudioText Text,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Bytes of all decoded samples.</summary>
    public long DecodedBytes => Frames * Layout.DecodedFrameBytes;

    /// <summary>The chunk that holds the samples.</summary>
    public string SoundChunk => Format.StartsWith("AIFF", StringComparison.Ordinal) ? "SSND" : "data";

    /// <summary>This recording, for whoever cannot do without a sample.</summary>
    /// <exception cref="AudioFormatException">It holds no frame.</exception>
    public SoundFile WithSound() => Frames > 0
        ? this
        : throw new AudioFormatException(
            SoundChunk, $"the recording holds no sound: no whole frame is in its {SoundChunk} chunk", "export or upload it again");

    /// <summary>What <c>audio.json</c> tells.</summary>
    public AudioSummary Summarize(IEnumerable<string>? furtherWarnings = null) => new(
        Format, Layout.Encoding, Layout.Channels, SampleRate, Layout.DecodedBits, Frames, Frames / SampleRate, Text,
        [.. Warnings, .. furtherWarnings ?? []], Compression);
}
