using System.Text.Json;
using MusicPipeline.Audio.Notes;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>Reference outputs of the recipes, computed apart from this code.</summary>
public sealed class NoteReferenceTests
{
    public static TheoryData<string> Recordings =>
    [
        "bassoon/fluidr3-02", "bassoon/fluidr3-04", "bassoon/musescore-02",
        "french_horn/musescore-02", "bassoon/gmbank-01", "flute/gmbank-02",
    ];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Notes_And_Features_Of_The_Reference_Samples(string recording)
    {
        var reference = RepositoryPaths.Shared("recordings", "reference");
        var name = recording.Replace('/', '_');
        var mono = NpyArray.ReadSingle(Path.Combine(reference, name + "_mono_22050_f32.npy"));
        var recipe = NoteRecipe.Create("mfcc-6x20/1")!;
        var notes = recipe.FindNotes(mono);
        Assert.Equal(Expected(reference, recording), notes);

        var expected = NpyArray.Read(Path.Combine(reference, name + ".npy"));
        var features = new float[recipe.FeatureCount];
        for (var note = 0; note < notes.Count; note++)
        {
            recipe.Describe(mono.AsMemory(notes[note].Start, notes[note].End - notes[note].Start), features);
            for (var i = 0; i < features.Length; i++) Assert.Equal(expected[(note * features.Length) + i], features[i], 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Notes_And_Features_Of_The_Recordings_Themselves(string recording)
    {
        var folder = RepositoryPaths.Shared("recordings");
        var expected = Expected(Path.Combine(folder, "reference"), recording);
        using var file = File.OpenRead(Path.Combine(folder, recording + ".aiff"));
        var recipe = NoteRecipe.Create("mfcc-6x20/1")!;
        var read = RecordingNotes.Read(file, recipe, TestContext.Current.CancellationToken);
        Assert.Equal(expected.Length, read.Notes.Count);
        Assert.All(expected.Zip(read.Notes), pair => Assert.InRange(pair.Second.Start - pair.First.Start, -256, 256));

        var features = NpyArray.Read(Path.Combine(folder, "reference", recording.Replace('/', '_') + ".npy"));
        var apart = features.Zip(read.Features, (reference, own) => Math.Abs(reference - own)).ToArray();
        // The reference's resampler begins to fall below 8 kHz, where ours is flat, which moves a few numbers of one recording more.
        Assert.InRange(apart.Count(difference => difference > 0.1), 0, apart.Length / 100);
        Assert.All(apart, difference => Assert.InRange(difference, 0, 0.2));
    }

    /// <summary>What a sketch in numpy finds in tones of eight harmonics that die away one after the other.</summary>
    [Fact]
    public void Timbre_Of_A_Decaying_Tone()
    {
        var samples = Enumerable.Range(0, 11_025).Select(n => (float)Enumerable.Range(1, 8).Sum(
            h => 0.2 / h * Math.Sin(2 * Math.PI * 330 * h * n / 22_050) * Math.Exp(-h * n / 12_000.0)));
        AssertTimbre("decaying", [.. samples]);
    }

    [Theory]
    [InlineData("bassoon/fluidr3-02")]
    [InlineData("flute/gmbank-02")]
    public void Timbre_Of_The_Second_Note_Of_The_Reference_Samples(string recording)
    {
        var reference = RepositoryPaths.Shared("recordings", "reference");
        var mono = NpyArray.ReadSingle(Path.Combine(reference, recording.Replace('/', '_') + "_mono_22050_f32.npy"));
        var note = Expected(reference, recording)[1];
        AssertTimbre(recording, mono[note.Start..note.End]);
    }

    private static void AssertTimbre(string name, float[] note)
    {
        using var golden = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(RepositoryPaths.Root, "tests", "core", "Audio", "timbre.json")));
        float[] expected = [.. golden.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetSingle())];
        var recipe = NoteRecipe.Create("timbre/1")!;
        var features = new float[recipe.FeatureCount];
        recipe.Describe(note, features);
        Assert.Equal(120, expected.Length);
        Assert.All(expected.Zip(features), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    private static Note[] Expected(string reference, string recording)
    {
        using var notes = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(reference, "notes.json")));
        var pairs = notes.RootElement.GetProperty(recording + ".aiff").EnumerateArray();
        return [.. pairs.Select(n => new Note(n[0].GetInt32(), n[1].GetInt32()))];
    }
}
