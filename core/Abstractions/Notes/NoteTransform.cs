namespace MusicPipeline.Notes;

/// <summary>
/// How a note's samples become the inputs of a network, as far as a graph has to know it: frames of the Hann window, power, bands,
/// decibels, an orthonormal DCT-II, and means over equal parts of the note.
/// </summary>
/// <param name="FrameLength">Samples of a frame; frames are centred, and zeros lie outside of the note.</param>
/// <param name="HopLength">Samples between two frames.</param>
/// <param name="Filters">bins x bands, row-major: what each bin's power adds to each band.</param>
/// <param name="Bands">Number of bands.</param>
/// <param name="Coefficients">Coefficients of the DCT-II that are kept.</param>
/// <param name="Parts">Parts of the note; the inputs are parts x coefficients.</param>
/// <param name="LeastPower">Powers below count as this.</param>
/// <param name="FrameRange">Frames whose power is less than the loudest frame's by more than this are left out, in dB.</param>
/// <param name="Range">Levels below the loudest band's by more than this count as this, in dB.</param>
public sealed record NoteTransform(
    int FrameLength,
    int HopLength,
    double[] Filters,
    int Bands,
    int Coefficients,
    int Parts,
    double LeastPower,
    double FrameRange,
    double Range)
{
    /// <summary>Harmonics and pitch, and the levels that go with them; null for coefficients of decibels alone.</summary>
    public TimbreTransform? Timbre { get; init; }

    /// <summary>Inputs of the network.</summary>
    public int Features => (Parts * Coefficients) + (Timbre is { } timbre ? Coefficients + timbre.Harmonics + 1 : 0);
}

/// <summary>Harmonics and pitch of a note.</summary>
/// <param name="SampleRate">Of the samples, in Hz.</param>
/// <param name="Scale">What a level is a multiple of: one less than the eighth root of a power relative to the loudest.</param>
/// <param name="Harmonics">Harmonics whose levels are told.</param>
/// <param name="LowestFrequency">Of the bins that the pitch is looked for in, in Hz.</param>
/// <param name="HighestFrequency">The highest one.</param>
/// <param name="ShortestLag">Samples of the shortest period.</param>
/// <param name="LagsEnd">One more than those of the longest.</param>
/// <param name="NearlyHighest">The first peak of at least this share of the highest is the pitch's.</param>
public sealed record TimbreTransform(
    double SampleRate,
    double Scale,
    int Harmonics,
    double LowestFrequency,
    double HighestFrequency,
    int ShortestLag,
    int LagsEnd,
    double NearlyHighest);
