using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.TestSupport;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Models;

/// <summary>The model that takes a note's samples says what the other one says of its features.</summary>
public sealed class NoteClassifierTests
{
    private const int Classes = 3;

    public static TheoryData<string> Recipes => [.. NoteRecipe.Names];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Real_Notes_Are_Classified_As_By_Way_Of_Their_Features(string recipe)
    {
        var samples = Path.Combine(RepositoryPaths.Root, "samples");
        string[] files =
        [
            .. Directory.EnumerateFiles(samples, "*.aiff").Order(StringComparer.Ordinal),
            .. Directory.EnumerateDirectories(Path.Combine(samples, "recordings")).Order(StringComparer.Ordinal)
                .SelectMany(label => Directory.EnumerateFiles(label, "*.aiff").Order(StringComparer.Ordinal).Take(2)),
        ];
        Assert.InRange(files.Length, 20, 60);
        Compare(recipe, [.. files.SelectMany(NotesOf)]);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Notes_Of_The_Shared_Recordings_Are_Classified_Alike(string recipe)
    {
        var folder = RepositoryPaths.Shared("recordings");
        var files = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .SelectMany(label => Directory.EnumerateFiles(label, "*.aif*").Order(StringComparer.Ordinal).Take(3));
        Compare(recipe, [.. files.SelectMany(NotesOf)]);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Odd_Notes_Are_Classified_Alike(string recipe)
    {
        var random = new Random(3);
        float[] Noise(int length, double level) =>
            [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) * level))];
        Compare(
            recipe,
            [
                [1f], new float[3000], Noise(7, 1), Noise(511, 1e-4), Noise(512, 1), Noise(1025, 1), Noise(2048, 3), Noise(3071, 1e-6),
                Noise(40_000, 1),
                [.. Noise(5000, 1), .. new float[20_000], .. Noise(5000, 1e-3)],
            ]);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void It_Says_What_It_Was_Trained_On_And_Is_No_Model_Of_Features(string name)
    {
        var recipe = NoteRecipe.Create(name)!;
        var bytes = Model(recipe, [0.1f, 0.2f, 0.3f], out _);
        using var session = new InferenceSession(bytes);
        Assert.Equal(recipe.Id, session.ModelMetadata.CustomMetadataMap["music.recipe"]);
        Assert.Equal(["samples"], session.InputMetadata.Keys);
        Assert.Equal(["label", "probabilities"], session.OutputMetadata.Keys.Order(StringComparer.Ordinal));
        Assert.Throws<InputException>(() => ModelScorer.Load(bytes));
    }

    private static void Compare(string name, IReadOnlyList<float[]> notes)
    {
        Assert.NotEmpty(notes);
        var recipe = NoteRecipe.Create(name)!;
        var features = new float[notes.Count * recipe.FeatureCount];
        for (var i = 0; i < notes.Count; i++)
            recipe.Describe(notes[i], features.AsSpan(i * recipe.FeatureCount, recipe.FeatureCount));
        using var whole = new InferenceSession(Model(recipe, features, out var ofFeatures));
        using var scorer = ModelScorer.Load(ofFeatures);
        var expected = scorer.Score(features, recipe.FeatureCount, TestContext.Current.CancellationToken);
        for (var i = 0; i < notes.Count; i++)
        {
            var input = NamedOnnxValue.CreateFromTensor("samples", new DenseTensor<float>(notes[i], [notes[i].Length]));
            using var outputs = whole.Run([input], ["probabilities"]);
            var probabilities = outputs.Single().AsTensor<float>().ToArray();
            Assert.Equal(Classes, probabilities.Length);
            for (var c = 0; c < Classes; c++) Assert.Equal(expected.Probabilities[(i * Classes) + c], probabilities[c], 1e-3f);
        }

        // The network tells these notes from each other.
        if (notes.Count > 1) Assert.True(expected.Probabilities.Distinct().Count() > notes.Count);
    }

    private static byte[] Model(NoteRecipe recipe, float[] features, out byte[] ofFeatures)
    {
        var width = recipe.FeatureCount;
        var scaler = features.Length < width
            ? new Scaler(new double[width], [.. Enumerable.Repeat(1.0, width)])
            : Standardization.Fit(features, width);
        var weights = ModelExamples.Weights(new Random(1), width, 32, Classes);
        var metadata = ModelExamples.Metadata with { Recipe = recipe.Id };
        ofFeatures = OnnxWriter.ToBytes(weights, scaler, metadata);
        return OnnxWriter.ToBytes(weights, scaler, metadata, recipe.Transform!);
    }

    private static IEnumerable<float[]> NotesOf(string file)
    {
        using var stream = File.OpenRead(file);
        var notes = RecordingNotes.Read(stream, NoteRecipe.CreateDefault(), out var mono).Notes;
        return notes.Select(note => mono[note.Start..note.End]);
    }
}
