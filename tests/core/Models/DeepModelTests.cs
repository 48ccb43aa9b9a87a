using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using MusicPipeline.Errors;
using MusicPipeline.Tests.MachineLearning;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.MachineLearning;
using MusicPipeline.Training.Models;
using MusicPipeline.Training.Models.Onnx;
using Xunit;

namespace MusicPipeline.Tests.Models;

/// <summary>Models of several hidden layers, in ONNX and in ML.NET.</summary>
public sealed class DeepModelTests
{
    public static TheoryData<int, Activation> Depths
    {
        get
        {
            var data = new TheoryData<int, Activation>();
            foreach (var layers in (int[])[1, 2, 4, 8])
            {
                foreach (var activation in Enum.GetValues<Activation>()) data.Add(layers, activation);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void Onnx_Runtime_And_The_Trainer_Agree_With_The_Definition(int layers, Activation activation)
    {
        var random = new Random(layers);
        var weights = ModelExamples.Weights(random, 23, 37, 3, activation, layers);
        var scaler = ModelExamples.Scaler(random, 23);
        var rows = ModelExamples.Rows(random, scaler, 50);
        using var scorer = ModelScorer.Load(OnnxWriter.ToBytes(weights, scaler, ModelExamples.Metadata));
        var standardized = rows.ToArray();
        MusicPipeline.Data.Standardization.Apply(scaler, standardized);

        var prediction = scorer.Score(rows, 23, TestContext.Current.CancellationToken);

        var expected = ModelExamples.Forward(weights, scaler, rows);
        var trained = Network.Probabilities(weights, standardized);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], prediction.Probabilities[i], 1e-5);
            Assert.Equal(expected[i], trained[i], 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void A_Model_Comes_Back_Bit_For_Bit(int layers, Activation activation)
    {
        var random = new Random(3);
        var weights = ModelExamples.Weights(random, 7, 5, 3, activation, layers);
        var scaler = ModelExamples.Scaler(random, 7);

        var read = OnnxModelReader.Read(new MemoryStream(OnnxWriter.ToBytes(weights, scaler, ModelExamples.Metadata)));

        Assert.Equivalent(weights, read.Weights, strict: true);
        Assert.Equivalent(scaler, read.Scaler, strict: true);
    }

    [Fact]
    public void The_Summary_Names_Every_Layer()
    {
        var random = new Random(3);
        var weights = ModelExamples.Weights(random, 7, 5, 3, Activation.Relu, hiddenLayers: 2);
        var bytes = OnnxWriter.ToBytes(weights, ModelExamples.Scaler(random, 7), ModelExamples.Metadata);

        var summary = OnnxModelReader.Summarize(new MemoryStream(bytes));

        Assert.Equal(
            [
                ("hidden_1", "Gemm", "(rows, 5)", 40L), ("relu_1", "Relu", "(rows, 5)", 0L), ("hidden_2", "Gemm", "(rows, 5)", 30L),
                ("relu_2", "Relu", "(rows, 5)", 0L), ("output", "Gemm", "(rows, 3)", 18L),
            ],
            summary.Layers.Skip(4).Take(5).Select(layer => (layer.Name, layer.Operator, layer.OutputShape!, layer.Parameters)));
        Assert.Equal(88, summary.TrainedParameterCount);
    }

    [Fact]
    public void Layers_That_Do_Not_Follow_One_Another_Are_Refused()
    {
        var random = new Random(3);
        var model = ModelProto.Parser.ParseFrom(OnnxWriter.ToBytes(
            ModelExamples.Weights(random, 7, 5, 3, Activation.Relu, hiddenLayers: 2),
            ModelExamples.Scaler(random, 7),
            ModelExamples.Metadata));
        var second = model.Graph.Initializer.Single(tensor => tensor.Name == "w2");
        (second.Dims[0], second.Dims[1]) = (1, 25);

        Assert.Throws<InputException>(() => OnnxModelReader.Read(new MemoryStream(model.ToByteArray())));
    }

    [Fact]
    public void The_Ml_Net_Trainer_Takes_Every_Option()
    {
        var context = new MLContext(seed: 1);
        var options = new NeuralNetworkTrainer.Options
        {
            HiddenUnits = 12,
            LearningRate = 0.02,
            Epochs = 25,
            BatchSize = 16,
            Layers = 2,
            Activation = Activation.Relu,
            Dropout = 0.1,
            LabelSmoothing = 0.05,
            ClassWeights = ClassWeights.Balanced,
            RestoreBest = Objective.Loss,
            ValidationFraction = 0.2,
        };
        var pipeline = Note.Preparation(context).Append(context.MulticlassClassification.Trainers.NeuralNetwork(options));

        var model = pipeline.Fit(context.Data.LoadFromEnumerable(Note.Draw(600)));
        var scored = model.Transform(context.Data.LoadFromEnumerable(Note.Draw(150, seed: 2)));

        var network = model.LastTransformer;
        Assert.InRange(context.MulticlassClassification.Evaluate(scored).MicroAccuracy, 0.95, 1);
        Assert.Equal(3, network.Weights.Layers.Length);
        Assert.Equal(network.History.ValidationLoss.Min(), network.History.ValidationLoss[network.BestEpoch!.Value - 1]);
        using var file = new MemoryStream();
        network.SaveOnnx(file);
        var metadata = OnnxModelReader.Read(new MemoryStream(file.ToArray())).Metadata;
        Assert.Equal((2, 0.1, 0.05), (metadata.Parameters!.Layers, metadata.Parameters.Dropout, metadata.Parameters.LabelSmoothing));
        Assert.Equal(network.History.ValidationLoss.Min(), metadata.Scores!.ValidationLoss);
        using var scorer = ModelScorer.Load(file.ToArray());
        var features = scored.GetColumn<float[]>("Features").SelectMany(row => row).ToArray();
        var expected = scorer.Score(features, features.Length / 150, TestContext.Current.CancellationToken);
        var actual = scored.GetColumn<float[]>("Probability").SelectMany(row => row).ToArray();
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected.Probabilities[i], actual[i], 1e-5);
    }
}
