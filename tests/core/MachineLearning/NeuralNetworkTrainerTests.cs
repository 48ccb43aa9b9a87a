using Microsoft.ML;
using Microsoft.ML.Data;
using MusicPipeline.Training.MachineLearning;
using Xunit;

namespace MusicPipeline.Tests.MachineLearning;

public sealed class NeuralNetworkTrainerTests
{
    private static readonly NeuralNetworkTrainer.Options Quick =
        new() { HiddenUnits = 8, LearningRate = 0.02, Epochs = 25, BatchSize = 16 };

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Learns_In_A_Pipeline_And_Evaluates()
    {
        var pipeline = Note.Preparation(_context)
            .Append(_context.Transforms.NormalizeMeanVariance("Features"))
            .Append(_context.MulticlassClassification.Trainers.NeuralNetwork(hiddenUnits: 8, learningRate: 0.02, epochs: 25))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));

        var model = pipeline.Fit(Load(Note.Draw(600)));
        var scored = model.Transform(Load(Note.Draw(150, seed: 2)));

        var metrics = _context.MulticlassClassification.Evaluate(scored, topKPredictionCount: 2);
        Assert.InRange(metrics.MicroAccuracy, 0.97, 1);
        Assert.InRange(metrics.MacroAccuracy, 0.97, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.2);
        Assert.InRange(metrics.TopKAccuracy, metrics.MicroAccuracy, 1);
        Assert.Equal(150, metrics.ConfusionMatrix.Counts.Sum(row => row.Sum()));
        Assert.Contains("oboe", metrics.ConfusionMatrix.GetFormattedConfusionTable());
        var predicted = scored.GetColumn<string>("Predicted").ToArray();
        Assert.Equal(
            metrics.MicroAccuracy,
            predicted.Zip(scored.GetColumn<string>("Instrument")).Average(pair => pair.First == pair.Second ? 1 : 0),
            1e-9);
    }

    [Fact]
    public void Cross_Validates()
    {
        var pipeline = Note.Preparation(_context).Append(_context.MulticlassClassification.Trainers.NeuralNetwork(Quick));

        var folds = _context.MulticlassClassification.CrossValidate(Load(Note.Draw(300)), pipeline, numberOfFolds: 3);

        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.95, 1));
    }

    [Fact]
    public void The_Seed_Decides_The_Model()
    {
        var first = Fit(Quick).Weights;
        var again = Fit(Quick).Weights;
        var other = Fit(new() { HiddenUnits = 8, LearningRate = 0.02, Epochs = 25, BatchSize = 16, Seed = 2 }).Weights;

        Assert.Equal(first.Layers[0].Weights, again.Layers[0].Weights);
        Assert.Equal(first.Layers[1].Biases, again.Layers[1].Biases);
        Assert.NotEqual(first.Layers[0].Weights, other.Layers[0].Weights);
    }

    [Fact]
    public void Standardizes_Unless_Told_Otherwise()
    {
        var data = Note.Draw(300);

        var standardized = Fit(Quick).Scaler;
        var raw = Fit(new() { Epochs = 1, HiddenUnits = 2, Standardize = false }).Scaler;

        Assert.Equal(data.Average(note => (double)note.Pitch), standardized.Mean[0], 1e-9);
        Assert.Equal([0, 0, 0], raw.Mean);
        Assert.Equal([1, 1, 1], raw.Deviation);
    }

    [Fact]
    public void Holds_Out_A_Share_For_The_Validation_Curves()
    {
        var device = new RecordingDevice();

        Fit(new() { Device = device, ValidationFraction = 0.2, Epochs = 3, HiddenUnits = 5, BatchSize = 7, LearningRate = 0.5, Seed = 9 });
        var split = device.Split!;
        Fit(new() { Device = device });
        var whole = device.Split!;

        Assert.Equal((240, 60, 3), (split.Training.Rows, split.Validation.Rows, split.Classes));
        Assert.Equal((300, 300), (whole.Training.Rows, whole.Validation.Rows));
        Assert.Equal(
            [new(0.5, 5, 3, 7, 9), new MusicPipeline.Training.HyperParameters(0.001, 256, 20, 128, 1)],
            device.Parameters);
    }

    [Fact]
    public void Leaves_Out_Rows_Without_A_Label()
    {
        var device = new RecordingDevice();
        var keys = Load([new Note { Instrument = "oboe" }, new Note { Instrument = "flute" }]);
        var pipeline = _context.Transforms.Concatenate("Features", nameof(Note.Pitch), nameof(Note.Loudness))
            .Append(_context.Transforms.Conversion.MapValueToKey(
                "Label",
                nameof(Note.Instrument),
                keyData: _context.Transforms.SelectColumns(nameof(Note.Instrument)).Fit(keys).Transform(keys)))
            .Append(_context.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkTrainer.Options { Device = device }));

        pipeline.Fit(Load(Note.Draw(300)));

        Assert.Equal((200, 2), (device.Split!.Training.Rows, device.Split.Classes));
    }

    [Fact]
    public void Promises_The_Columns_That_It_Adds()
    {
        var prepared = Prepare(Note.Draw(300));
        var trainer = _context.MulticlassClassification.Trainers.NeuralNetwork(Quick);

        // A chain asks each of its estimators for its promise; the last copies of the three columns need them.
        var pipeline = trainer
            .Append(_context.Transforms.CopyColumns("Copy", "Score"))
            .Append(_context.Transforms.CopyColumns("Copy2", "Probability"))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel"));
        var promise = pipeline.GetOutputSchema(SchemaShapes.Of(prepared));
        var actual = pipeline.Fit(prepared).GetOutputSchema(prepared.Schema);

        foreach (var name in (string[])["Score", "Probability", "PredictedLabel", "Copy2", "Name"])
        {
            var promised = promise.Single(column => column.Name == name);
            var type = actual[name].Type;
            Assert.Equal(type is VectorDataViewType, promised.Kind == SchemaShape.Column.VectorKind.Vector);
            Assert.Equal(type is KeyDataViewType, promised.IsKey);
            Assert.Subset(
                actual[name].Annotations.Schema.Select(column => column.Name).ToHashSet(),
                promised.Annotations.Select(column => column.Name).ToHashSet());
        }
    }

    private NeuralNetworkTransformer Fit(NeuralNetworkTrainer.Options options) =>
        _context.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Prepare(Note.Draw(300)));

    private IDataView Prepare(Note[] notes)
    {
        var data = Load(notes);
        return Note.Preparation(_context).Fit(data).Transform(data);
    }

    private IDataView Load(Note[] notes) => _context.Data.LoadFromEnumerable(notes);
}
