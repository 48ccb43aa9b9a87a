using MusicPipeline.Errors;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using MusicPipeline.Uploads;
using Xunit;

namespace MusicPipeline.Tests.Uploads;

public sealed class RecordingClassifierTests
{
    private static readonly byte[] Model = ToneModel.Create();

    [Fact]
    public void Says_What_Plays_When()
    {
        var labels = Classify(Model, ToneModel.Recording((ToneModel.Organ, 330), (ToneModel.Organ, 440), (ToneModel.Whistle, 880)));

        Assert.Equal([ToneModel.Organ, ToneModel.Organ, ToneModel.Whistle], labels.Notes.Select(note => note.Label));
        Assert.Equal([0.25, 1, 1.75], labels.Notes.Select(note => Math.Round(note.Start * 20) / 20));
        Assert.Equal([0.75, 1.5, 2.25], labels.Notes.Select(note => Math.Round(note.End * 20) / 20));
        Assert.All(labels.Notes, note => Assert.Equal(1, note.Probabilities.Sum(), 1e-5));
        Assert.Equal(ToneModel.Organ, labels.Label);
        Assert.Equal(labels.Notes.Average(note => note.Probabilities[1]), labels.Probability!.Value, 1e-9);
        Assert.Equal([ToneModel.Whistle, ToneModel.Organ], labels.Classes);
        Assert.True(labels.IsSure);
        Assert.Equal($"organ, with a probability of {labels.Probability:P0} (the mean of 3 notes).", labels.Sentence);
    }

    [Fact]
    public void Is_Not_Sure_Below_What_The_Model_Says()
    {
        var labels = Classify(ToneModel.Create(notSureBelow: 0.99), ToneModel.Recording((ToneModel.Organ, 330), (ToneModel.Whistle, 880)));

        Assert.False(labels.IsSure);
        Assert.StartsWith($"Not sure: {labels.Label} ", labels.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(
            "(the mean of 2 notes); only from 99 % on were nine in ten of the model's labels right when it was validated.",
            labels.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(
            "; at no probability were nine in ten of the model's labels right when it was validated.",
            (labels with { NotSureBelow = 1 }).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_Has_No_Label()
    {
        var labels = Classify(Model, ToneModel.Recording());

        Assert.Empty(labels.Notes);
        Assert.Null(labels.Label);
        Assert.False(labels.IsSure);
        Assert.Equal("No note was found, so there is no label: it is silent, too quiet or too short.", labels.Sentence);
    }

    [Fact]
    public void Notes_Without_A_Pitch_Do_Not_Count()
    {
        var labels = Classify(
            ToneModel.Create(withoutPitch: 0.01),
            ToneModel.Recording((ToneModel.Organ, 330), (ToneModel.Noise, 1), (ToneModel.Organ, 440)));

        Assert.Equal([true, false, true], labels.Notes.Select(note => note.HasPitch!.Value));
        Assert.Equal("no pitch", labels.Notes[1].Caption);
        Assert.Equal(ToneModel.Organ, labels.Label);
        Assert.Equal((labels.Notes[0].Probabilities[1] + labels.Notes[2].Probabilities[1]) / 2, labels.Probability!.Value, 1e-9);
        Assert.Equal(
            $"organ, with a probability of {labels.Probability:P0} (the mean of 2 notes; 1 without a pitch does not count).",
            labels.Sentence);
    }

    [Fact]
    public void Noise_Has_No_Label()
    {
        var model = ToneModel.Create(notSureBelow: 0.5, withoutPitch: 0);
        const string SoundsLike = "; it sounds like noise, or like speech.";

        var noise = Classify(model, ToneModel.Recording((ToneModel.Noise, 1), (ToneModel.Noise, 2)));
        Assert.Equal((null, null, false), (noise.Label, noise.Probability, noise.IsSure));
        Assert.Empty(noise.Probabilities);
        Assert.Equal(2, noise.Notes.Count);
        Assert.Equal("No label: none of its 2 notes has a pitch" + SoundsLike, noise.Sentence);
        Assert.Equal(
            "No label: its one note has no pitch" + SoundsLike, Classify(model, ToneModel.Recording((ToneModel.Noise, 1))).Sentence);

        var most = Classify(model, ToneModel.Recording((ToneModel.Noise, 1), (ToneModel.Organ, 330), (ToneModel.Noise, 2)));
        Assert.Null(most.Label);
        Assert.Equal("No label: most of it, 2 of its 3 notes, has no pitch" + SoundsLike, most.Sentence);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.5)]
    public void A_Model_That_Knows_Notes_Without_A_Pitch_Or_Does_Not_Say_Labels_Them(double? withoutPitch)
    {
        var labels = Classify(ToneModel.Create(withoutPitch: withoutPitch), ToneModel.Recording((ToneModel.Noise, 1)));

        Assert.NotNull(labels.Label);
        Assert.Null(Assert.Single(labels.Notes).HasPitch);
    }

    [Fact]
    public void Refuses_A_Model_That_Learned_From_Arrays()
    {
        var error = Assert.Throws<InputException>(() => Classify(ToneModel.Create(recipe: ""), ToneModel.Recording()));
        Assert.Equal(
            "the model learned from arrays, and does not say how a recording's notes become its features; "
            + "name a model of a sweep over a collection of recordings.",
            error.Message);
    }

    [Fact]
    public void Refuses_A_Recipe_That_It_Does_Not_Know()
    {
        var error = Assert.Throws<InputException>(() => Classify(ToneModel.Create(recipe: "mfcc-6x20/99"), ToneModel.Recording()));
        Assert.StartsWith("the model takes notes described by the recipe 'mfcc-6x20/99'", error.Message, StringComparison.Ordinal);
    }

    private static RecordingLabels Classify(byte[] model, byte[] recording)
    {
        using var scorer = ModelScorer.Load(model);
        using var stream = new MemoryStream(recording);
        return RecordingClassifier.Classify("tones", scorer, stream, TestContext.Current.CancellationToken);
    }
}
