using MusicPipeline.Audio.Features;

namespace MusicPipeline.Audio.Notes;

/// <summary>
/// 20 mel-frequency cepstral coefficients, each averaged over six equal parts of the note: 120 numbers, part by part. Frames more
/// than 40 dB below the loudest are left out, and levels count from the note's loudest band, down to -80 dB, so that neither
/// the recording's level nor the silence around the note matters.
/// </summary>
internal sealed class MfccParts : NoteRecipe
{
    public const string RecipeName = "mfcc-6x20";

    private const int Coefficients = 20;
    private const int Parts = 6;
    private const float LeastPower = 1e-10f;
    private const double FrameRange = 40;
    private const double Range = 80;

    private readonly MelAnalyzer _mel = new(SampleRate, new MelOptions());

    public override string Name => RecipeName;

    public override int Version => 1;

    public override int FeatureCount => Parts * Coefficients;

    public override MfccNumbers Numbers => new(
        new MelOptions().FrameLength, new MelOptions().HopLength, new MelFilterBank(SampleRate, new MelOptions()).ToMatrix(),
        new MelOptions().Bands, Coefficients, Parts, LeastPower, FrameRange, Range);

    public override void Describe(ReadOnlyMemory<float> note, Span<float> features)
    {
        var power = _mel.Power(new ArrayMonoSource(note, SampleRate));
        var decibels = Decibels.FromPower(Loud(power), Range);
        var highest = float.NegativeInfinity;
        foreach (var value in decibels.Values) highest = MathF.Max(highest, value);
        for (var i = 0; i < decibels.Values.Length; i++) decibels.Values[i] -= highest;

        var coefficients = Mfcc.FromDecibels(decibels, Coefficients);
        var frames = decibels.Frames;
        for (var part = 0; part < Parts; part++)
        {
            var start = part * frames / Parts;
            var end = Math.Max(start + 1, (((part + 1) * frames) + Parts - 1) / Parts);
            for (var k = 0; k < Coefficients; k++)
            {
                var sum = 0.0;
                for (var frame = start; frame < end; frame++) sum += coefficients[(k * frames) + frame];
                features[(part * Coefficients) + k] = (float)(sum / (end - start));
            }
        }
    }

    /// <summary>The frames whose power is no more than 40 dB below that of the loudest; at least that one.</summary>
    private static MelSpectrogram Loud(MelSpectrogram power)
    {
        var sums = new double[power.Frames];
        for (var band = 0; band < power.Bands; band++)
        {
            for (var frame = 0; frame < power.Frames; frame++)
                sums[frame] += MathF.Max(LeastPower, power.Values[(band * power.Frames) + frame]);
        }

        var least = sums.Max() * 1e-4;
        var kept = Enumerable.Range(0, power.Frames).Where(frame => sums[frame] >= least).ToArray();
        if (kept.Length == power.Frames) return power;
        var values = new float[power.Bands * kept.Length];
        for (var band = 0; band < power.Bands; band++)
        {
            for (var i = 0; i < kept.Length; i++) values[(band * kept.Length) + i] = power.Values[(band * power.Frames) + kept[i]];
        }

        return power with { Values = values, Frames = kept.Length };
    }
}
