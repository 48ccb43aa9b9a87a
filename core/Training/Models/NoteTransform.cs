namespace MusicPipeline.Training.Models;

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
    double Range);
