using System.Numerics.Tensors;
using System.Security.Cryptography;
using CsCheck;
using Google.Protobuf;
using MusicPipeline.Data;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using MusicPipeline.Training.Models.Onnx;
using Xunit;
using InferenceSession = Microsoft.ML.OnnxRuntime.InferenceSession;

namespace MusicPipeline.Tests.Models;

public sealed class OnnxWriterTests
{
    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    public void Onnx_Runtime_Agrees_With_The_Definition_Also_Far_From_Zero(Activation activation) =>
        Gen.Select(Gen.Int[1, 130], Gen.Int[1, 70], Gen.Int[2, 11], Gen.Int[1, 40], Gen.Int).Sample(
            (features, hidden, classes, rows, seed) =>
            {
                var random = new Random(seed);
                var weights = ModelExamples.Weights(random, features, hidden, classes, activation);
                var scaler = ModelExamples.Scaler(random, features);
                var data = ModelExamples.Rows(random, scaler, rows);
                var labels = Enumerable.Range(0, classes).Select(i => (i * 3L) - 2).ToArray();
                using var scorer = ModelScorer.Load(OnnxWriter.ToBytes(weights, scaler, new ModelMetadata(labels)));

                var prediction = scorer.Score(data, features, TestContext.Current.CancellationToken);

                var expected = ModelExamples.Forward(weights, scaler, data);
                for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], prediction.Probabilities[i], 1e-5);
                for (var row = 0; row < rows; row++)
                {
                    var probabilities = prediction.Row(row);
                    Assert.Equal(labels[TensorPrimitives.IndexOfMax(probabilities)], prediction.Labels[row]);
                }
            },
            iter: 30);

    [Fact]
    public void The_Same_Model_Gives_The_Same_Bytes()
    {
        byte[] Bytes()
        {
            var random = new Random(5);
            return OnnxWriter.ToBytes(ModelExamples.Weights(random, 7, 5, 3), ModelExamples.Scaler(random, 7), ModelExamples.Metadata);
        }

        Assert.Equal(Bytes(), Bytes());
    }

    /// <summary>Bytes that another library of messages wrote, besides the trainer's version.</summary>
    [Theory]
    [InlineData(Activation.Sigmoid, "7905398ca9228342bd3309ffcc8c02258d23aa68d5c171e86cbb40508ba9f88e")]
    [InlineData(Activation.Tanh, "6d70fa31b9fadaca194689b8be20ab1139465de49f26911207b8ac6e31b505cf")]
    [InlineData(Activation.Relu, "852013093e31a8fdd8061392706c89551d9c1b23b65d25b5aeae2781330e22eb")]
    public void The_Bytes_Of_A_Model_Stay(Activation activation, string hash)
    {
        var random = new Random(5);
        var bytes = OnnxWriter.ToBytes(
            ModelExamples.Weights(random, 7, 5, 3, activation), ModelExamples.Scaler(random, 7), ModelExamples.Metadata);

        var model = ModelProto.Parser.ParseFrom(bytes);
        Assert.Equal(bytes, model.ToByteArray());
        model.ProducerVersion = "0.1.0";
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(model.ToByteArray())));
    }

    [Fact]
    public void Onnx_Runtime_Sees_Names_Shapes_And_Metadata()
    {
        var random = new Random(1);
        var bytes = OnnxWriter.ToBytes(ModelExamples.Weights(random, 7, 5, 3), ModelExamples.Scaler(random, 7), ModelExamples.Metadata);

        using var session = new InferenceSession(bytes);

        Assert.Equal("MusicPipeline", session.ModelMetadata.ProducerName);
        Assert.Equal([-1, 7], session.InputMetadata["features"].Dimensions);
        Assert.Equal(["rows", ""], session.InputMetadata["features"].SymbolicDimensions);
        Assert.Equal([-1, 3], session.OutputMetadata["probabilities"].Dimensions);
        Assert.Equal([-1], session.OutputMetadata["label"].Dimensions);
        var metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("[1,4,9]", metadata["music.classes"]);
        Assert.Equal("notes", metadata["music.dataset"]);
        Assert.Equal("0123abcd", metadata["music.dataset_version"]);
        Assert.Equal("0.0001", metadata["music.learning_rate"]);
        Assert.Equal("256", metadata["music.hidden_units"]);
        Assert.Equal("-7", metadata["music.seed"]);
        Assert.DoesNotContain("music.activation", metadata.Keys);
        Assert.Equal("0.98", metadata["music.accuracy"]);
        Assert.All(metadata.Keys, key => Assert.StartsWith("music.", key));
    }

    [Fact]
    public void Refuses_Lengths_That_Do_Not_Fit()
    {
        var random = new Random(1);
        var weights = ModelExamples.Weights(random, 7, 5, 3);
        var scaler = ModelExamples.Scaler(random, 7);
        var cut = weights with { Layers = [weights.Layers[0] with { Biases = [1] }, weights.Layers[1]] };

        Assert.Throws<ArgumentException>("weights", () => OnnxWriter.ToBytes(cut, scaler, ModelExamples.Metadata));
        Assert.Throws<ArgumentException>("scaler", () => OnnxWriter.ToBytes(weights, new Scaler([0], [1]), ModelExamples.Metadata));
        Assert.Throws<ArgumentException>("metadata", () => OnnxWriter.ToBytes(weights, scaler, new ModelMetadata([1, 2])));
    }
}
