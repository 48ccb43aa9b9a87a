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
    double Range);
