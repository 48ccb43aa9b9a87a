using System.Text.Json;
using MusicPipeline.Audio.Notes;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Audio;

/// <summary>Where notes begin in labelled recordings, against the truth, within 50 ms.</summary>
public sealed class NoteOnsetTests(ITestOutputHelper output)
{
    private const double Tolerance = 0.05;

    [Theory]
    [InlineData("recordings", "silence", 1.0)]
    [InlineData("recordings", "legato", 0.79)]
    [InlineData("recordings-real", "philharmonia", 0.87)]
    [InlineData("recordings-real", "iowa", 0.96)]
    public void Onsets_Are_Found(string folder, string kindOrSource, double least)
    {
        var root = RepositoryPaths.Shared(folder);
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "truth.json")));
        var recipe = NoteRecipe.CreateDefault();
        int hits = 0, found = 0, there = 0;
        foreach (var recording in truth.RootElement.EnumerateArray())
        {
            if (!((string[])["kind", "source"]).Any(name => recording.GetProperty(name).GetString() == kindOrSource)) continue;
            using var file = File.OpenRead(Path.Combine(root, recording.GetProperty("file").GetString()!));
            var notes = RecordingNotes.Read(file, recipe, TestContext.Current.CancellationToken).Notes;
            var onsets = recording.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("onset_s").GetDouble()).ToList();
            (found, there) = (found + notes.Count, there + onsets.Count);
            foreach (var note in notes)
            {
                var nearest = onsets.FindIndex(onset => Math.Abs(onset - note.StartSeconds) <= Tolerance);
                if (nearest < 0) continue;
                hits++;
                onsets.RemoveAt(nearest);
            }
        }

        Assert.NotEqual(0, there);
        var measure = 2.0 * hits / (found + there);
        output.WriteLine($"{folder} {kindOrSource}: {hits} of {there} onsets with {found} notes, F-measure {measure:F3}");
        Assert.InRange(measure, least, 1);
    }
}
