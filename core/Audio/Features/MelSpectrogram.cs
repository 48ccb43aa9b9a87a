namespace MusicPipeline.Audio.Features;

/// <summary>A mel spectrogram, in power or in dB.</summary>
/// <param name="Values">bands x frames, row-major: the first row is the lowest band.</param>
/// <param name="Bands">Mel bands.</param>
/// <param name="Frames">Analysis frames.</param>
/// <param name="SampleRate">Rate of the samples that were analysed, in Hz.</param>
/// <param name="HopLength">Samples between the centres of two frames.</param>
/// <param name="MinFrequency">Lowest edge of the filter bank, in Hz.</param>
/// <param name="MaxFrequency">Highest edge of the filter bank, in Hz.</param>
public sealed record MelSpectrogram(
    float[] Values, int Bands, int Frames, double SampleRate, int HopLength, double MinFrequency, double MaxFrequency)
{
    /// <summary>Time between the centres of two frames, in seconds.</summary>
    public double SecondsPerFrame => HopLength / SampleRate;
}
