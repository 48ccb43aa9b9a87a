using MusicPipeline.Audio.Notes;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>Which notes have a pitch.</summary>
public sealed class PitchClarityTests(ITestOutputHelper output)
{
    private const int Rate = (int)NoteRecipe.SampleRate;
    private static readonly NoteRecipe Recipe = NoteRecipe.CreateDefault();

    [Theory]
    [InlineData(41, 20, NoteRecipe.LeastClarity)]
    [InlineData(65, 10, 0.7)]
    [InlineData(440, 1, 0.7)]
    [InlineData(440, 10, 0.7)]
    [InlineData(1976, 3, 0.7)]
    [InlineData(3500, 1, 0.7)]
    public void A_Tone_Has_One(double hertz, int harmonics, double least) =>
        Assert.InRange(Recipe.Clarity(Tone(_ => hertz, harmonics)), least, 1);

    [Fact]
    public void Vibrato_Keeps_It() => Assert.InRange(
        Recipe.Clarity(Tone(seconds => 440 * Math.Pow(2, 0.4 / 12 * Math.Sin(2 * Math.PI * 6 * seconds)), 8)), NoteRecipe.LeastClarity, 1);

    [Fact]
    public void A_Voice_That_Glides_Has_None() => Assert.InRange(
        Recipe.Clarity(Tone(seconds => 120 * Math.Pow(2, seconds), 20)), 0, NoteRecipe.LeastClarity);

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void Noise_Of_Any_Colour_Has_None(double memory)
    {
        var random = new Random(1);
        foreach (var seconds in (double[])[0.15, 0.3, 3])
        {
            var last = 0.0;
            var noise = new float[(int)(seconds * Rate)];
            for (var i = 0; i < noise.Length; i++)
            {
                last = (memory * last) + random.NextDouble() - 0.5;
                noise[i] = (float)(0.1 * last);
            }

            Assert.InRange(Recipe.Clarity(noise), 0, NoteRecipe.LeastClarity - 0.001);
        }
    }

    [Fact]
    public void It_Is_The_Same_Beside_The_Features_Of_Every_Recipe()
    {
        float[][] notes =
        [
            Tone(_ => 440, 10), Tone(seconds => 120 * Math.Pow(2, seconds), 20), new float[4096], [1],
            [.. Tone(_ => 220, 4).Take(9000), .. new float[9000]],
        ];
        foreach (var recipe in NoteRecipe.Names.Select(name => NoteRecipe.Create(name)!))
        {
            foreach (var note in notes)
            {
                var (alone, beside) = (new float[recipe.FeatureCount], new float[recipe.FeatureCount]);
                recipe.Describe(note, alone);

                Assert.Equal(recipe.Clarity(note), recipe.DescribeWithClarity(note, beside));
                Assert.Equal(alone, beside);
            }
        }
    }

    [Fact]
    public void Silence_And_A_Single_Sample_Have_None()
    {
        Assert.Equal(0, Recipe.Clarity(new float[4096]));
        Assert.InRange(Recipe.Clarity(new float[] { 1 }), 0, NoteRecipe.LeastClarity);
    }

    [Theory]
    [InlineData("recordings", 1.0)]
    [InlineData("recordings-real", 0.94)]
    public void Notes_Of_Instruments_Have_One(string folder, double least)
    {
        int notes = 0, clear = 0;
        foreach (var path in Directory.EnumerateFiles(RepositoryPaths.Shared(folder), "*.aiff", SearchOption.AllDirectories))
        {
            using var file = File.OpenRead(path);
            var read = RecordingNotes.Read(file, Recipe, TestContext.Current.CancellationToken);
            var ofRecording = read.Clarity.Count(clarity => clarity >= NoteRecipe.LeastClarity);
            (notes, clear) = (notes + read.Notes.Count, clear + ofRecording);
            // None would be left without a label.
            Assert.InRange(ofRecording, read.Notes.Count / 2.0, read.Notes.Count);
        }

        output.WriteLine($"{folder}: {clear} of {notes} notes have a pitch");
        Assert.InRange((double)clear / notes, least, 1);
    }

    private static float[] Tone(Func<double, double> hertzAt, int harmonics)
    {
        var tone = new float[Rate / 2];
        var phase = 0.0;
        for (var i = 0; i < tone.Length; i++)
        {
            phase += 2 * Math.PI * hertzAt((double)i / Rate) / Rate;
            for (var harmonic = 1; harmonic <= harmonics; harmonic++) tone[i] += (float)(0.2 / harmonic * Math.Sin(harmonic * phase));
        }

        return tone;
    }
}
