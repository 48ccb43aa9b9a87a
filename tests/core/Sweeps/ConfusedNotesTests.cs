using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Tests.Collections;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>The notes that a sweep's report lets people hear.</summary>
public sealed partial class ConfusedNotesTests
{
    [Fact]
    public async Task The_Report_Plays_The_Notes_That_Were_Confused()
    {
        // Two labels of recordings that sound alike, so that a classifier can only guess.
        var store = InMemoryArtifactStore.WithContainers();
        for (var i = 0; i < 20; i++)
            await CollectRig.UploadAsync(store, $"{(i % 2 == 0 ? "cello" : "violin")}/{i}.wav", CollectRig.Wave(300 + (2 * i)));
        var rig = new CollectRig(store);
        await rig.CollectAsync();
        var request = new SweepRequest
        {
            Dataset = CollectRig.Name, LearningRates = [0.01], HiddenUnits = [4], Epochs = 3, Validation = ValidationRule.InFolds(2),
        };

        var id = (await new SweepRig(store).RunAsync(request)).Id;

        var files = store.Snapshot();
        var html = Encoding.UTF8.GetString(files[$"sweeps/{id}/report.html"]);
        Assert.Contains("media-src data:", html, StringComparison.Ordinal);
        var rows = Row().Matches(html).ToArray();
        Assert.InRange(rows.Length, 1, 6);
        foreach (var row in rows)
        {
            var (recording, number) = (row.Groups["recording"].Value, int.Parse(row.Groups["number"].Value));
            var wav = Convert.FromBase64String(row.Groups["wav"].Value);
            var samples = new short[(wav.Length - 44) / 2];
            for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(44 + (2 * i)));
            Assert.Equal(samples.Length, Recording.Inspect(new MemoryStream(wav)).Frames);

            var notes = RecordingNotes.Read(
                new MemoryStream(files[$"recordings/{CollectRig.Name}/{recording}"]), NoteRecipe.CreateDefault(), out var mono).Notes;
            var note = notes[number - 1];
            Assert.Equal(note.End - note.Start, samples.Length);
            for (var i = 0; i < samples.Length; i++) Assert.Equal(mono[note.Start + i], samples[i] / 32767f, 2e-5f);
        }

        var markdown = Encoding.UTF8.GetString(files[$"sweeps/{id}/report.md"]);
        Assert.Contains("### Notes to hear", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("base64", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Recording_That_Was_Replaced_Or_Removed_Is_Not_Played()
    {
        var store = InMemoryArtifactStore.WithContainers();
        for (var i = 0; i < 20; i++)
            await CollectRig.UploadAsync(store, $"{(i % 2 == 0 ? "cello" : "violin")}/{i}.wav", CollectRig.Wave(300 + (2 * i)));
        await new CollectRig(store).CollectAsync();
        for (var i = 0; i < 20; i++)
        {
            if (i < 10) await CollectRig.UploadAsync(store, $"{(i % 2 == 0 ? "cello" : "violin")}/{i}.wav", CollectRig.Wave(700 + i));
            else await store.DeleteAsync(BlobPaths.Recording(CollectRig.Name, $"{(i % 2 == 0 ? "cello" : "violin")}/{i}.wav"));
        }

        var request = new SweepRequest
        {
            Dataset = CollectRig.Name, LearningRates = [0.01], HiddenUnits = [4], Epochs = 3, Validation = ValidationRule.InFolds(2),
        };
        var id = (await new SweepRig(store).RunAsync(request)).Id;
        var html = Encoding.UTF8.GetString(store.Snapshot()[$"sweeps/{id}/report.html"]);
        Assert.Contains("or is another one by now", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<audio", html, StringComparison.Ordinal);
    }

    [GeneratedRegex(
        "<td>(?<recording>(?:cello|violin)/[0-9]+\\.wav)</td><td class=\"number\">(?<number>[0-9]+)</td>.*?"
        + "src=\"data:audio/wav;base64,(?<wav>[^\"]+)\"",
        RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex Row();
}
