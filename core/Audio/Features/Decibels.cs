namespace MusicPipeline.Audio.Features;

/// <summary>Powers as decibels.</summary>
public static class Decibels
{
    private const float LeastPower = 1e-10f;

    /// <summary><c>librosa.power_to_db(S, ref=1, amin=1e-10, top_db)</c>: 10·log10 of the power, cut below the maximum.</summary>
    /// <param name="power">Powers, bands x frames.</param>
    /// <param name="topDb">Range below the maximum of the whole spectrogram that is kept, in dB; null keeps all.</param>
    /// <returns>dB re 1, bands x frames.</returns>
    public static MelSpectrogram FromPower(MelSpectrogram power, double? topDb = 80)
    {
        ArgumentNullException.ThrowIfNull(power);
        if (topDb < 0) throw new ArgumentOutOfRangeException(nameof(topDb), topDb, "The range is 0 dB or more.");
        var values = new float[power.Values.Length];
        var highest = float.NegativeInfinity;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = 10 * MathF.Log10(MathF.Max(LeastPower, power.Values[i]));
            highest = MathF.Max(highest, values[i]);
        }

        if (topDb is { } range)
        {
            var floor = (float)(highest - range);
            for (var i = 0; i < values.Length; i++) values[i] = MathF.Max(values[i], floor);
        }

        return power with { Values = values };
    }
}
