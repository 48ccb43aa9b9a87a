using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using MusicPipeline.Collections;
using MusicPipeline.Json;
using MusicPipeline.Storage;
using MusicPipeline.Tests.Audio;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Collections;

/// <summary>Recordings and collections that nobody had in mind: each gets a sentence or is collected, and nothing is lost.</summary>
public sealed class CollectInputTests
{
    private const int Rate = 22_050;

    [Fact]
    public async Task What_Is_No_Music_Spoils_Nothing()
    {
        var store = await CollectRig.StoreAsync();
        await CollectRig.UploadAsync(store, "cello/silence.wav", Wave(new short[Rate]));
        await CollectRig.UploadAsync(store, "cello/noise.wav", Wave(Noise(2 * Rate)));
        await CollectRig.UploadAsync(store, "cello/speech.wav", Wave(Speech()));
        await CollectRig.UploadAsync(store, "cello/blip.wav", Wave(Noise(Rate / 20)));
        // Two hours, of few samples.
        await CollectRig.UploadAsync(store, "cello/hours.wav", Wave(Noise(2 * 3600 * 100), rate: 100));

        var view = await new CollectRig(store).CollectAsync();

        Assert.Equal(CollectionState.Collected, view.State);
        var left = view.Results!.LeftOut.ToDictionary(one => one.File, one => one.Reason, StringComparer.Ordinal);
        Assert.Equal(["cello/blip.wav", "cello/hours.wav", "cello/silence.wav"], left.Keys.Order(StringComparer.Ordinal));
        const string NoNote = "no note was found in it; check that it is not silent, or take it out.";
        Assert.Equal((NoNote, NoNote), (left["cello/blip.wav"], left["cello/silence.wav"]));
        Assert.Equal(
            "the recording is 120 minutes long, too long to look for notes in; cut it into recordings of at most 30 minutes.",
            left["cello/hours.wav"]);
        Assert.Contains("rejected/recordings/strings/cello/hours.wav.json", store.Snapshot().Keys);
        // Whether noise and speech are music is the listener's to say; a label tells that they are.
        Assert.Equal([6, 4], view.Results.Labels.Select(label => label.Recordings));
        Assert.Equal(
            "cello/noise.wav is kept, but none of its notes has a pitch: check that it is no noise.",
            Assert.Single(view.Results.Remarks, remark => remark.Contains("noise.wav", StringComparison.Ordinal)));
        Assert.InRange(view.Results.Labels[0].WithoutPitch, 1, view.Results.Labels[0].Notes - 8);
        Assert.Equal(0, view.Results.Labels[1].WithoutPitch);
        var report = Encoding.UTF8.GetString(store.Snapshot()["collections/strings/report.md"]);
        Assert.Contains("noise.wav is kept, but none", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drums_Are_Learned_And_Their_Models_Do_Without_Pitches()
    {
        var store = await CollectRig.StoreAsync();
        for (var i = 0; i < 4; i++) await CollectRig.UploadAsync(store, $"drum/{i}.wav", Wave(Noise(Rate + (100 * i))));

        var rig = new CollectRig(store);
        var view = await rig.CollectAsync();

        Assert.Equal(["cello", "drum", "violin"], view.Results!.Labels.Select(label => label.Name));
        Assert.Equal([0, 4, 0], view.Results.Labels.Select(label => label.WithoutPitch));
        Assert.Equal(
            "Of the training notes of drum 100 % have no pitch; check that they are no noise. Models of this data set label notes without "
            + "a pitch like all others.",
            Assert.Single(view.Results.Remarks));
        Assert.Equal(1, (await rig.LoadAsync()).Info.WithoutPitch);
    }

    [Fact]
    public async Task What_Was_Collected_Before_Pitches_Were_Looked_For_Is_Taken_Up()
    {
        var store = await CollectRig.StoreAsync();
        var rig = new CollectRig(store);
        var version = (await rig.CollectAsync()).Results!.Version!;
        var now = store.Snapshot();
        // As an earlier version of the program left it.
        foreach (var (path, content) in now.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)))
        {
            var document = JsonNode.Parse(content)!;
            Forget(document);
            var (container, name) = (path[..path.IndexOf('/')], path[(path.IndexOf('/') + 1)..]);
            await store.WriteAsync(new BlobPath(container, name), Encoding.UTF8.GetBytes(document.ToJsonString(PipelineJson.Options)));
        }

        var before = Encoding.UTF8.GetString(store.Snapshot()[$"datasets/strings/{version}/dataset.json"]);
        Assert.DoesNotContain("ithoutPitch", before, StringComparison.Ordinal);

        Assert.Equal(version, (await new CollectRig(store).CollectAsync()).Results!.Version);

        Assert.All(
            now.Where(file => !file.Key.EndsWith("state.json", StringComparison.Ordinal)),
            file => Assert.Equal(Encoding.UTF8.GetString(file.Value), Encoding.UTF8.GetString(store.Snapshot()[file.Key])));
    }

    private static void Forget(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            foreach (var name in (string[])["withoutPitch", "clarity"]) fields.Remove(name);
            foreach (var field in fields.ToArray()) Forget(field.Value);
        }
        else if (node is JsonArray values)
        {
            foreach (var value in values) Forget(value);
        }
    }

    [Fact]
    public async Task Two_Hundred_Labels_Are_Two_Hundred_Classes()
    {
        const int Labels = 200, Tested = 5;
        var store = InMemoryArtifactStore.WithContainers();
        for (var label = 0; label < Labels; label++)
        {
            for (var i = 0; i < (label < Tested ? 3 : 1); i++)
                await CollectRig.UploadAsync(store, $"label {label:000}/{i}.wav", CollectRig.Wave(100 + (10 * label) + i, notes: 1));
        }

        var rig = new CollectRig(store);
        var view = await rig.CollectAsync();

        Assert.Equal((CollectionState.Collected, Labels), (view.State, view.Results!.Labels.Count));
        var dataset = await rig.LoadAsync();
        Assert.Equal((Labels, "label 199"), (dataset.Info.ClassNames!.Count, dataset.Info.ClassNames[^1]));
        Assert.Equal((Labels + Tested, Tested), (dataset.Train.Rows, dataset.Test.Rows));
        Assert.Equal(11, view.Results.Remarks.Count);
        Assert.Equal("185 more labels are trained on and never tested.", view.Results.Remarks[^1]);
    }

    private static byte[] Wave(short[] samples, int rate = Rate) =>
        new WavBuilder().Format(rate: rate).Chunk("data", MemoryMarshal.AsBytes(samples.AsSpan()).ToArray()).Build();

    private static short[] Noise(int samples)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, samples).Select(_ => (short)random.Next(-9000, 9000))];
    }

    // Syllables: the pulses of a voice that rises and falls, through the two resonances of a vowel, with pauses between.
    private static short[] Speech()
    {
        var speech = new List<short>();
        foreach (var (first, second) in ((double, double)[])[(700, 1200), (300, 2300), (400, 800), (500, 1800)])
        {
            var (phase, a, b) = (0.0, (0.0, 0.0), (0.0, 0.0));
            for (var i = 0; i < Rate / 4; i++)
            {
                phase += (120 + (30 * Math.Sin(i * 12.0 / Rate))) / Rate;
                var pulse = phase >= 1 ? 1 : 0;
                phase -= pulse;
                speech.Add((short)(2500 * (Resonate(pulse, first, ref a) + Resonate(pulse, second, ref b))));
            }

            speech.AddRange(new short[Rate / 10]);
        }

        return [.. speech];
    }

    private static double Resonate(double input, double hertz, ref (double Last, double Before) state)
    {
        const double Damping = 0.98;
        var output = input + (2 * Damping * Math.Cos(2 * Math.PI * hertz / Rate) * state.Last) - (Damping * Damping * state.Before);
        state = (output, state.Last);
        return output;
    }
}
