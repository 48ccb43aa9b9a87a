namespace MusicPipeline.Uploads;

/// <summary>What <c>mel.npy</c> holds: bands x frames, float32, in dB.</summary>
/// <param name="Bands">Mel bands.</param>
/// <param name="Frames">Frames.</param>
/// <param name="SampleRate">Rate that the recording was resampled to, in Hz.</param>
/// <param name="HopLength">Samples between frames.</param>
/// <param name="MaxFrequency">Upper edge of the highest band, in Hz.</param>
public sealed record MelDocument(int Bands, int Frames, double SampleRate, int HopLength, double MaxFrequency);
