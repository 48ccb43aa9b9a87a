using MusicPipeline.Audio.Notes;
using MusicPipeline.Errors;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

public sealed class NoteTests
{
    private const int Rate = (int)NoteRecipe.SampleRate;
    private static readonly NoteRecipe Recipe = NoteRecipe.CreateDefault();

    [Fact]
    public void Tones_With_Pauses_Between_Are_Notes()
    {
        var notes = Recipe.FindNotes(Join(Silence(0.3), Tone(440, 0.5), Silence(0.2), Tone(660, 0.4), Silence(0.3)));
        Assert.Equal(2, notes.Count);
        Assert.Equal(0.3, notes[0].StartSeconds, 0.03);
        Assert.Equal(0.8, notes[0].EndSeconds, 0.03);
        Assert.Equal(1.0, notes[1].StartSeconds, 0.03);
        Assert.Equal(1.4, notes[1].EndSeconds, 0.03);
    }

    [Fact]
    public void A_Change_Of_Pitch_Without_A_Pause_Begins_A_Note()
    {
        var notes = Recipe.FindNotes(Join(Silence(0.2), Tone(440, 0.5), Tone(1300, 0.5), Silence(0.2)));
        Assert.Equal(2, notes.Count);
        Assert.Equal(notes[0].End, notes[1].Start);
        Assert.Equal(0.7, notes[1].StartSeconds, 0.03);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(2)]
    public void Silence_Holds_No_Notes(double seconds) => Assert.Empty(Recipe.FindNotes(Silence(seconds)));

    [Fact]
    public void A_Twentieth_Of_A_Second_Is_Too_Short_For_A_Note() =>
        Assert.Empty(Recipe.FindNotes(Tone(440, 0.05)));

    [Fact]
    public void A_Note_May_Fill_The_Recording()
    {
        var tone = Tone(440, 0.73);
        var note = Assert.Single(Recipe.FindNotes(tone));
        Assert.Equal(new Note(0, tone.Length), note);
    }

    [Fact]
    public void The_Level_Leaves_Features_As_They_Are()
    {
        var tone = Tone(440, 0.5);
        var quiet = Array.ConvertAll(tone, sample => sample / 8);
        Assert.All(Features(tone).Zip(Features(quiet)), pair => Assert.Equal(pair.First, pair.Second, 1e-2));
        Assert.Contains(Features(tone).Zip(Features(Tone(880, 0.5))), pair => Math.Abs(pair.First - pair.Second) > 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(3000)]
    public void Any_Note_Has_Numbers(int samples) => Assert.All(
        NoteRecipe.Names,
        name => Assert.All(Features(Tone(440, 1)[..samples], name), value => Assert.True(float.IsFinite(value))));

    [Fact]
    public void Silence_Described_As_A_Note_Has_Numbers() => Assert.All(
        NoteRecipe.Names, name => Assert.All(Features(new float[4096], name), value => Assert.Equal(0, value, 1e-6)));

    [Theory]
    [InlineData(55)]
    [InlineData(233)]
    [InlineData(1480)]
    public void Timbre_Has_The_Pitch_Last(double hertz) =>
        Assert.Equal(69 + (12 * Math.Log2(hertz / 440)), Features(Tone(hertz, 0.5), "timbre")[^1], 0.15);

    [Fact]
    public void A_Recipe_Is_Found_By_Name_And_By_Id()
    {
        Assert.Equal(120, Recipe.FeatureCount);
        Assert.Equal(Recipe.Id, NoteRecipe.Create(Recipe.Name)?.Id);
        Assert.Equal(Recipe.Id, NoteRecipe.Create(Recipe.Id)?.Id);
        Assert.Null(NoteRecipe.Create(Recipe.Name + "/999"));
        Assert.Null(NoteRecipe.Create("none"));
        Assert.All(NoteRecipe.Names, name => Assert.Equal(name, NoteRecipe.Create(name)?.Name));
    }

    [Fact]
    public void A_Sample_Recording_Has_Its_Notes()
    {
        using var file = File.OpenRead(RepositoryPaths.Sample("Oboe.mf.Eb5F5.aiff"));
        var read = RecordingNotes.Read(file, Recipe, TestContext.Current.CancellationToken);
        Assert.NotEmpty(read.Notes);
        Assert.Equal(120, read.FeatureCount);
        Assert.Equal(read.Notes.Count * 120, read.Features.Length);
        Assert.Equal(read.Seconds, read.Summary.Frames / read.Summary.SampleRate, 1e-3);
        Assert.Equal(Recipe.Id, read.Recipe);
    }

    [Fact]
    public void More_Than_Half_An_Hour_Is_Too_Long()
    {
        using var hour = new MemoryStream(new WavBuilder().Format(bits: 8, rate: 100).Chunk("data", new byte[360_000]).Build());
        var error = Assert.Throws<InputException>(() => RecordingNotes.Read(hour, Recipe, TestContext.Current.CancellationToken));
        Assert.Equal(InputErrorKind.TooLarge, error.Kind);
        Assert.Equal(
            "the recording is 60 minutes long, too long to look for notes in; "
            + "cut it into recordings of at most 30 minutes.", error.Message);
    }

    private static float[] Features(float[] note, string? name = null)
    {
        var recipe = name is null ? Recipe : NoteRecipe.Create(name)!;
        var features = new float[recipe.FeatureCount];
        recipe.Describe(note, features);
        return features;
    }

    private static float[] Silence(double seconds) => new float[(int)(seconds * Rate)];

    // Four harmonics, so that the cepstrum has something to describe.
    private static float[] Tone(double frequency, double seconds) =>
    [
        .. Enumerable.Range(0, (int)(seconds * Rate)).Select(n => (float)Enumerable.Range(1, 4)
            .Sum(harmonic => 0.2 / harmonic * Math.Sin(2 * Math.PI * frequency * harmonic * n / Rate))),
    ];

    private static float[] Join(params float[][] pieces) => [.. pieces.SelectMany(piece => piece)];
}
