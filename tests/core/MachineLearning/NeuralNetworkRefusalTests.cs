using Microsoft.ML;
using MusicPipeline.Errors;
using MusicPipeline.Training;
using MusicPipeline.Training.MachineLearning;
using Xunit;

namespace MusicPipeline.Tests.MachineLearning;

public sealed class NeuralNetworkRefusalTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<NeuralNetworkTrainer.Options, string> WrongOptions => new()
    {
        { new() { HiddenUnits = 0 }, "HiddenUnits is 0 and must be 1 or more" },
        { new() { Epochs = 0 }, "Epochs is 0 and must be 1 or more" },
        { new() { BatchSize = -1 }, "BatchSize is -1 and must be 1 or more" },
        { new() { LearningRate = 0 }, "LearningRate is 0 and must be a number above 0" },
        { new() { LearningRate = double.NaN }, "LearningRate is NaN and must be a number above 0" },
        { new() { LearningRate = double.PositiveInfinity }, "LearningRate is Infinity and must be a number above 0" },
        { new() { ValidationFraction = 1 }, "ValidationFraction is 1 and must be 0 or more and below 1" },
        { new() { WeightDecay = -1 }, "WeightDecay is -1 and must be 0 or a number above it" },
        { new() { Schedule = (LearningRateSchedule)9 }, "Schedule is 9, which there is not" },
        { new() { Activation = (Activation)9 }, "Activation is 9, which there is not" },
        { new() { LabelColumnName = "" }, "LabelColumnName is empty" },
        { new() { FeatureColumnName = "" }, "FeatureColumnName is empty" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Options_Out_Of_Range(NeuralNetworkTrainer.Options options, string problem)
    {
        var error = Assert.Throws<ArgumentException>("options", () => _context.MulticlassClassification.Trainers.NeuralNetwork(options));

        Assert.Contains(problem, error.Message);
    }

    [Theory]
    [InlineData("Nothing", "Features", "There is no label column 'Nothing'; the columns are Instrument, Pitch")]
    [InlineData("Number", "Features", "The label column 'Number' is Int32; it must be a key")]
    [InlineData("Label", "Pitch", "The feature column 'Pitch' is Single; it must be a vector of Single of known size")]
    public void Columns_Of_Another_Type(string label, string features, string problem)
    {
        var trainer = _context.MulticlassClassification.Trainers.NeuralNetwork(label, features);

        Assert.Contains(problem, Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(Prepare(Note.Draw(9)))).Message);
        Assert.ThrowsAny<ArgumentException>(() => trainer.GetOutputSchema(SchemaShapes.Of(Prepare(Note.Draw(9)))));
    }

    [Fact]
    public void Features_That_Are_Not_Finite()
    {
        var notes = Note.Draw(30);
        notes[4].Pitch = float.NaN;

        Assert.StartsWith("row 4 of the feature column 'Features' holds NaN;", Assert.Throws<InputException>(() => Fit(notes)).Message);
    }

    [Fact]
    public void A_Single_Class() =>
        Assert.Contains(
            "two or more",
            Assert.ThrowsAny<ArgumentException>(() => Fit([.. Note.Draw(30).Where(note => note.Instrument == "oboe")])).Message);

    [Fact]
    public void Rows_That_All_Lack_A_Label()
    {
        var prepared = Note.Preparation(_context).Fit(_context.Data.LoadFromEnumerable(Note.Draw(9)));
        Note[] strangers = [new() { Instrument = "tuba", Loudness = [1, 2] }];

        var error = Assert.Throws<InputException>(() => _context.MulticlassClassification.Trainers.NeuralNetwork()
            .Fit(prepared.Transform(_context.Data.LoadFromEnumerable(strangers))));

        Assert.StartsWith("no row has a value in the label column 'Label';", error.Message);
    }

    [Fact]
    public void A_Loss_That_Became_Infinite()
    {
        var options = new NeuralNetworkTrainer.Options { Device = new RecordingDevice(TrainingOutcome.Diverged), LearningRate = 30 };

        var error = Assert.Throws<InputException>(() =>
            _context.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Prepare(Note.Draw(9))));

        Assert.Equal("the loss became infinite in epoch 2 at learning rate 30; choose a smaller learning rate.", error.Message);
    }

    [Fact]
    public void Scoring_Another_Number_Of_Features()
    {
        var model = Fit(Note.Draw(30));
        var data = Prepare(Note.Draw(3));
        var wide = _context.Transforms.Concatenate("Features", "Pitch", "Pitch", "Loudness").Fit(data).Transform(data);

        Assert.Contains("must be a vector of 3 Single", Assert.ThrowsAny<ArgumentException>(() => model.Transform(wide)).Message);
    }

    private NeuralNetworkTransformer Fit(Note[] notes) =>
        _context.MulticlassClassification.Trainers.NeuralNetwork(hiddenUnits: 2, epochs: 1).Fit(Prepare(notes));

    private IDataView Prepare(Note[] notes)
    {
        var data = _context.Data.LoadFromEnumerable(notes);
        return Note.Preparation(_context).Fit(data).Transform(data);
    }
}
