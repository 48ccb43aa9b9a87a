namespace MusicPipeline.Audio;

/// <summary>What a recording is, as <c>audio.json</c> and <c>inspect</c> tell it.</summary>
/// <param name="Format"><c>AIFF</c>, <c>AIFF-C</c>, <c>WAV</c>, <c>RF64</c>, <c>MP3</c> or <c>Ogg Vorbis</c>.</param>
/// <param name="Encoding">How its samples are stored.</param>
/// <param name="Channels">Channels, 1 to 32.</param>
/// <param name="SampleRate">Frames per second as the file says, possibly fractional, in Hz.</param>
/// <param name="BitsPerSample">Significant bits of a decoded sample; 16 for µ-law, A-law and IMA ADPCM, 32 for MP3 and Vorbis.</param>
/// <param name="Frames">Samples per channel that are there, which a damaged header may contradict.</param>
/// <param name="Seconds">Duration.</param>
/// <param name="Text">Title, author, copyright and comments.</param>
/// <param name="Warnings">What is odd about the file and what was made of it; empty for a sound file.</param>
/// <param name="Compression">The four characters of an AIFF-C compression type, <c>NONE</c> included.</param>
public sealed record AudioSummary(
    string Format,
    SampleEncoding Encoding,
    int Channels,
    double SampleRate,
    int BitsPerSample,
    long Frames,
    double Seconds,
    AudioText Text,
    IReadOnlyList<string> Warnings,
    string? Compression = null);
