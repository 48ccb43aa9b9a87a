using MusicPipeline.Audio.Features;
using MusicPipeline.Notes;

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
    private const double Range = 80;

    private readonly MelAnalyzer _mel = new(SampleRate, new MelOptions());

    public override string Name => RecipeName;

    public override int Version => 1;

    public override int FeatureCount => Parts * Coefficients;

    public override NoteTransform Transform => new(
        new MelOptions().FrameLength, new MelOptions().HopLength, new MelFilterBank(SampleRate, new MelOptions()).ToMatrix(),
        new MelOptions().Bands, Coefficients, Parts, LoudFrames.LeastPower, LoudFrames.Range, Range);

    public override void Describe(ReadOnlyMemory<float> note, Span<float> features)
    {
        var power = _mel.Power(new ArrayMonoSource(note, SampleRate));
        var kept = LoudFrames.Of(power);
        var decibels = Decibels.FromPower(
            power with { Values = LoudFrames.Keep(power.Values, power.Frames, kept), Frames = kept.Length }, Range);
        var highest = float.NegativeInfinity;
        foreach (var value in decibels.Values) highest = MathF.Max(highest, value);
        for (var i = 0; i < decibels.Values.Length; i++) decibels.Values[i] -= highest;
        LoudFrames.MeansOfParts(Mfcc.FromDecibels(decibels, Coefficients), decibels.Frames, features[..FeatureCount], Parts);
    }
}
