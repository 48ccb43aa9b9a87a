namespace MusicPipeline.Audio.Notes;

/// <summary>The numbers of a recipe of mel-frequency cepstral coefficients over equal parts of a note.</summary>
/// <param name="FrameLength">Samples of a frame.</param>
/// <param name="HopLength">Samples between two frames.</param>
/// <param name="Filters">Weights of the mel filters, bins x bands, row-major.</param>
/// <param name="Bands">Mel bands.</param>
/// <param name="Coefficients">Coefficients of a part.</param>
/// <param name="Parts">Parts of a note.</param>
/// <param name="LeastPower">Powers below count as this.</param>
/// <param name="FrameRange">Frames softer than the loudest by more than this are left out, in dB.</param>
/// <param name="Range">Levels below the loudest band's by more than this count as this, in dB.</param>
public sealed record MfccNumbers(
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
    /// <summary>Harmonics and pitch, and with which levels; null for decibels alone.</summary>
    public TimbreNumbers? Timbre { get; init; }
}

/// <summary>The numbers of a recipe that describes harmonics and pitch, too, and has levels that end softly.</summary>
/// <param name="Scale">Multiple of one less than the eighth root of a power.</param>
/// <param name="Harmonics">Harmonics that are described.</param>
/// <param name="LowestFrequency">Lowest frequency that the pitch is looked for in, in Hz.</param>
/// <param name="HighestFrequency">The highest.</param>
/// <param name="ShortestLag">Samples of the shortest period.</param>
/// <param name="LagsEnd">One more than those of the longest.</param>
/// <param name="NearlyHighest">Share of the highest peak that the first one has at least.</param>
public sealed record TimbreNumbers(
    double Scale, int Harmonics, double LowestFrequency, double HighestFrequency, int ShortestLag, int LagsEnd, double NearlyHighest);
