namespace MusicPipeline.Audio.Features;

/// <summary>What a mel spectrogram is made with; the defaults are librosa's, with the lab's highest frequency.</summary>
public sealed record MelOptions
{
    /// <summary>Samples of an analysis frame (librosa: <c>n_fft</c>); a power of two from 64 to 65,536.</summary>
    public int FrameLength { get; init; } = 2048;

    /// <summary>Samples between two frames (librosa: <c>hop_length</c>).</summary>
    public int HopLength { get; init; } = 512;

    /// <summary>Mel bands (librosa: <c>n_mels</c>).</summary>
    public int Bands { get; init; } = 128;

    /// <summary>Lowest edge of the filter bank, in Hz (librosa: <c>fmin</c>).</summary>
    public double MinFrequency { get; init; }

    /// <summary>Highest edge of the filter bank, in Hz (librosa: <c>fmax</c>). Bands above half of the rate are empty.</summary>
    public double MaxFrequency { get; init; } = 8000;

    /// <summary>Throws where the options make no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option.</exception>
    internal MelOptions Check()
    {
        if (FrameLength is < 64 or > 65536 || !System.Numerics.BitOperations.IsPow2(FrameLength))
            throw Error(nameof(FrameLength), FrameLength, "A frame is a power of two from 64 to 65,536 samples long.");
        if (HopLength < 1 || HopLength > FrameLength)
            throw Error(nameof(HopLength), HopLength, "A hop is 1 to one frame's samples long.");
        if (Bands is < 1 or > 4096) throw Error(nameof(Bands), Bands, "There are 1 to 4,096 bands.");
        if (!(MinFrequency >= 0)) throw Error(nameof(MinFrequency), MinFrequency, "The lowest frequency is 0 Hz or more.");
        if (!(MaxFrequency > MinFrequency) || !double.IsFinite(MaxFrequency))
            throw Error(nameof(MaxFrequency), MaxFrequency, "The highest frequency lies above the lowest.");
        return this;
    }

    private static ArgumentOutOfRangeException Error(string option, object value, string message) => new(option, value, message);
}
