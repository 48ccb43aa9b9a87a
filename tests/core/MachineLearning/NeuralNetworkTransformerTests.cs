using Microsoft.ML;
using Microsoft.ML.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.MachineLearning;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.MachineLearning;

public sealed class NeuralNetworkTransformerTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    public void Onnx_Runtime_And_ApplyOnnxModel_Agree_With_The_Transformer(Activation activation)
    {
        var (data, model) = Train("Number", activation);
        var onnx = new MemoryStream();
        model.SaveOnnx(onnx);
        onnx.Position = 0;
        var scored = model.Transform(data);
        var expected = scored.GetColumn<float[]>("Score").ToArray();

        var applied = _context.Transforms.CopyColumns("features", "Features")
            .Append(_context.Transforms.ApplyOnnxModel(["probabilities", "label"], ["features"], onnx))
            .Fit(data).Transform(data);
        using var scorer = ModelScorer.Load(onnx.ToArray());
        var prediction = scorer.Score(
            data.GetColumn<float[]>("Features").SelectMany(row => row).ToArray(), 3, TestContext.Current.CancellationToken);

        var mlNet = applied.GetColumn<float[]>("probabilities").ToArray();
        for (var row = 0; row < expected.Length; row++)
        {
            for (var k = 0; k < 3; k++)
            {
                Assert.Equal(expected[row][k], mlNet[row][k], 1e-5f);
                Assert.Equal(expected[row][k], prediction.Row(row)[k], 1e-5f);
            }
        }

        Assert.Equal([12L, 3, 7], prediction.Classes);
        Assert.Equal(prediction.Labels, applied.GetColumn<long[]>("label").Select(label => Assert.Single(label)));
        var names = _context.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel").Fit(scored).Transform(scored);
        Assert.Equal(prediction.Labels, names.GetColumn<int>("Predicted").Select(label => (long)label));
    }

    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    public void Agrees_With_The_Trainers_Own_Forward_Pass(Activation activation)
    {
        var (data, model) = Train("Instrument", activation);
        Assert.Equal(activation, model.Weights.Activation);
        var rows = data.GetColumn<float[]>("Features").SelectMany(row => row).ToArray();
        MusicPipeline.Data.Standardization.Apply(model.Scaler, rows);
        var expected = Network.Probabilities(model.Weights, rows);

        var scored = model.Transform(data).GetColumn<float[]>("Probability").SelectMany(row => row).ToArray();

        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], scored[i], 1e-5f);
    }

    [Fact]
    public void Names_Classes_That_Are_Not_Numbers_In_The_Onnx_Metadata()
    {
        var (_, model) = Train("Instrument");
        using var onnx = new MemoryStream();
        model.SaveOnnx(onnx);

        onnx.Position = 0;
        var metadata = OnnxModelReader.Read(onnx).Metadata;

        Assert.Equal([1L, 2, 3], metadata.Classes);
        Assert.Equal(["oboe", "flute", "cello"], metadata.ClassNames!);
        Assert.Equal(8, metadata.Parameters!.HiddenUnits);
        Assert.Equal(model.History.Loss[^1], metadata.Scores!.Loss);
    }

    [Fact]
    public void Scores_Keys_Without_Values()
    {
        var keyed = _context.Data.LoadFromEnumerable(Note.Draw(90)
            .Select(note => new Keyed { Features = [note.Pitch, .. note.Loudness], Label = (uint)(note.InstrumentNumber % 5) }));

        var model = _context.MulticlassClassification.Trainers.NeuralNetwork(hiddenUnits: 4, epochs: 2).Fit(keyed);

        var scored = model.Transform(keyed);
        Assert.Equal(5, ((VectorDataViewType)scored.Schema["Score"].Type).Size);
        Assert.All(scored.GetColumn<uint>("PredictedLabel"), label => Assert.InRange(label, 1u, 5u));
    }

    [Fact]
    public void Predicts_Single_Rows()
    {
        var data = _context.Data.LoadFromEnumerable(Note.Draw(300));
        var model = Note.Preparation(_context)
            .Append(_context.MulticlassClassification.Trainers.NeuralNetwork(hiddenUnits: 8, learningRate: 0.02, epochs: 25))
            .Append(_context.Transforms.Conversion.MapKeyToValue("Instrument", "PredictedLabel"))
            .Fit(data);
        using var engine = _context.Model.CreatePredictionEngine<Note, Predicted>(model);

        var high = engine.Predict(new Note { Pitch = 900, Loudness = [-40, 0] });
        var low = engine.Predict(new Note { Pitch = 150, Loudness = [-20, 0] });

        Assert.Equal(("flute", "cello"), (high.Instrument, low.Instrument));
        Assert.Equal(1, low.Score.Sum(), 1e-5f);
        Assert.Equal(2, Array.IndexOf(low.Score, low.Score.Max()));
    }

    [Fact]
    public void Computes_Only_What_Is_Asked_For_And_Once()
    {
        var (_, model) = Train("Instrument");
        var calls = 0;
        var source = _context.Data.LoadFromEnumerable(Note.Draw(20));
        var data = _context.Transforms.CustomMapping<Note, Featured>(
            (note, row) => { calls++; row.Features = [note.Pitch, .. note.Loudness]; }, null)
            .Fit(source).Transform(source);
        var scored = model.Transform(data);

        Assert.Equal(20, scored.GetColumn<string>("Instrument").Count());
        Assert.Equal(0, calls);
        using var cursor = scored.GetRowCursor(scored.Schema.Where(column => column.Name is "Score" or "PredictedLabel"));
        var getScore = cursor.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
        var getLabel = cursor.GetGetter<uint>(scored.Schema["PredictedLabel"]);
        var (score, label) = (default(VBuffer<float>), 0u);
        while (cursor.MoveNext())
        {
            getScore(ref score);
            getLabel(ref label);
        }

        Assert.Equal(20, calls);
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(scored.Schema["Probability"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(scored.Schema["Score"]));
    }

    [Fact]
    public void Features_That_Are_Not_Finite_Have_No_Predicted_Label()
    {
        var (_, model) = Train("Instrument");
        var data = _context.Data.LoadFromEnumerable([new Featured { Features = [float.NaN, 0, 0] }]);

        Assert.Equal(0u, Assert.Single(model.Transform(data).GetColumn<uint>("PredictedLabel")));
    }

    [Fact]
    public void Model_Save_Refuses_And_Names_The_Way_Out()
    {
        var (data, model) = Train("Instrument");

        var error = Assert.Throws<NotSupportedException>(() => _context.Model.Save(model, data.Schema, new MemoryStream()));

        Assert.Contains("SaveOnnx", error.Message);
    }

    private (IDataView Data, NeuralNetworkTransformer Model) Train(string label, Activation activation = Activation.Sigmoid)
    {
        var data = _context.Data.LoadFromEnumerable(Note.Draw(300));
        var prepared = Note.Preparation(_context, label).Fit(data).Transform(data);
        return (prepared, _context.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkTrainer.Options
        {
            HiddenUnits = 8,
            LearningRate = 0.02,
            Epochs = 10,
            Activation = activation,
            Schedule = LearningRateSchedule.Cosine,
            WeightDecay = 0.01,
        }).Fit(prepared));
    }

    private sealed class Featured
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Keyed
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [KeyType(5)]
        public uint Label { get; set; }
    }

    private sealed class Predicted
    {
        public string Instrument { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
