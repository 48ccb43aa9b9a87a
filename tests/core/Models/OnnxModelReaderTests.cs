using CsCheck;
using Google.Protobuf;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using MusicPipeline.Training.Models.Onnx;
using Xunit;

namespace MusicPipeline.Tests.Models;

public sealed class OnnxModelReaderTests
{
    private static readonly byte[] Example = Write(7, 5, ModelExamples.Metadata);

    [Fact]
    public void Reads_Back_Every_Bit()
    {
        var random = new Random(3);
        var weights = ModelExamples.Weights(random, 12, 6, 3);
        var scaler = ModelExamples.Scaler(random, 12);

        var model = OnnxModelReader.Read(new MemoryStream(OnnxWriter.ToBytes(weights, scaler, ModelExamples.Metadata)));

        Assert.Equivalent(weights, model.Weights, strict: true);
        Assert.Equivalent(scaler, model.Scaler, strict: true);
        Assert.Equal(Json(ModelExamples.Metadata), Json(model.Metadata));
    }

    [Theory]
    [InlineData(Activation.Tanh, "tanh")]
    [InlineData(Activation.Relu, "relu")]
    public void The_Activation_And_The_Options_Travel_With_The_Model(Activation activation, string name)
    {
        var weights = ModelExamples.Weights(new Random(3), 12, 6, 3, activation);
        var metadata = ModelExamples.Metadata with
        {
            Parameters = ModelExamples.Metadata.Parameters! with
            {
                Activation = activation,
                Schedule = LearningRateSchedule.Cosine,
                WeightDecay = 1e-5,
            },
        };
        var bytes = OnnxWriter.ToBytes(weights, ModelExamples.Scaler(new Random(4), 12), metadata);

        var model = OnnxModelReader.Read(new MemoryStream(bytes));

        Assert.Equal(activation, model.Weights.Activation);
        Assert.Equal(metadata.Parameters, model.Metadata.Parameters);
        var summary = OnnxModelReader.Summarize(new MemoryStream(bytes));
        Assert.Contains(summary.Layers, layer => layer.Operator == activation.ToString() && layer.Name == name);
        Assert.Equal(name, summary.Metadata["music.activation"]);
        Assert.Equal("cosine", summary.Metadata["music.schedule"]);
        Assert.Equal("1E-05", summary.Metadata["music.weight_decay"]);
        Assert.NotNull(summary.TrainedParameterCount);
    }

    [Fact]
    public void Reads_Metadata_That_Holds_Only_Classes()
    {
        var model = OnnxModelReader.Read(new MemoryStream(Write(2, 2, new ModelMetadata([0, 1, 2]))));

        Assert.Equal(Json(new ModelMetadata([0, 1, 2])), Json(model.Metadata));
    }

    [Fact]
    public void Summarizes_Layers_Shapes_And_Parameters()
    {
        var summary = OnnxModelReader.Summarize(new MemoryStream(Example));

        Assert.Equal(8, summary.IrVersion);
        Assert.Equal(17, summary.Opsets["ai.onnx"]);
        Assert.Equal(new ModelValue("features", "float32", "(rows, 7)"), Assert.Single(summary.Inputs));
        Assert.Equal(
            [new ModelValue("probabilities", "float32", "(rows, 3)"), new ModelValue("label", "int64", "(rows)")],
            summary.Outputs);
        Assert.Contains(new ModelLayer("hidden", "Gemm", "(rows, 5)", 40), summary.Layers);
        Assert.Contains(new ModelLayer("output", "Gemm", "(rows, 3)", 18), summary.Layers);
        Assert.Equal(40 + 18, summary.TrainedParameterCount);
        Assert.Equal(40 + 18 + 14 + 3, summary.ParameterCount);
        Assert.Equal(summary.ParameterCount, summary.Layers.Sum(layer => layer.Parameters));
        Assert.Equal("notes", summary.Metadata["music.dataset"]);
    }

    [Fact]
    public void Summarizes_A_Model_From_Elsewhere_And_Does_Not_Take_It_For_Ours()
    {
        var foreign = new ModelProto
        {
            IrVersion = 7,
            ProducerName = "pytorch",
            OpsetImport =
            {
                new OperatorSetIdProto { Domain = "", Version = 13 }, new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 },
            },
            Graph = new GraphProto
            {
                Name = "net",
                Initializer = { new TensorProto { Name = "w", DataType = TensorElement.Float32, Dims = { 3, 4 } } },
                Node =
                {
                    new NodeProto { OpType = "MatMul", Input = { "x", "w" }, Output = { "y" } },
                    new NodeProto { OpType = "Relu", Input = { "y" }, Output = { "z" } }
                },
                Input = { new ValueInfoProto { Name = "x" }, new ValueInfoProto { Name = "w" } },
            },
        };
        using var stream = new MemoryStream(foreign.ToByteArray());

        var summary = OnnxModelReader.Summarize(stream);
        stream.Position = 0;
        var refusal = Assert.Throws<InputException>(() => OnnxModelReader.Read(stream));

        Assert.Equal([new ModelLayer("y", "MatMul", null, 12), new ModelLayer("z", "Relu", null, 0)], summary.Layers);
        Assert.Equal(new ModelValue("x", "", null), Assert.Single(summary.Inputs));
        Assert.Equal(3, summary.Opsets["ai.onnx.ml"]);
        Assert.Null(summary.TrainedParameterCount);
        Assert.Contains("pytorch", refusal.Message);
    }

    [Fact]
    public void Every_Cut_Ends_In_A_Sentence()
    {
        for (var length = 0; length < Example.Length; length++)
        {
            var cut = Example[..length];
            // A cut between two fields leaves a shorter valid message; what it lacks is noticed by Read.
            Assert.Throws<InputException>(() => OnnxModelReader.Read(new MemoryStream(cut)));
            Summarize(cut);
        }
    }

    [Fact]
    public void Mutated_Bytes_End_In_A_Sentence() =>
        Gen.Select(Gen.Int[0, Example.Length - 1], Gen.Byte, Gen.Int[0, Example.Length - 1], Gen.Byte).Array[1, 3].Sample(
            mutations =>
            {
                var bytes = Example.ToArray();
                foreach (var (first, value, second, other) in mutations) (bytes[first], bytes[second]) = (value, other);
                Summarize(bytes);
                try
                {
                    OnnxModelReader.Read(new MemoryStream(bytes));
                }
                catch (InputException)
                {
                }
            },
            iter: 5000);

    [Fact]
    public void Random_Bytes_End_In_A_Sentence() =>
        Gen.Byte.Array[0, 60].Sample(
            bytes => Assert.Throws<InputException>(() => OnnxModelReader.Read(new MemoryStream(bytes))), iter: 5000);

    [Theory]
    [InlineData("3A-FF-FF-FF-FF-07", "cut off")]                         // a graph of 2 GiB
    [InlineData("08-08-3A-08-2A-06-4A-FF-FF-FF-FF-07", "cut off")]       // raw_data of 2 GiB
    [InlineData("08-08-3A-0A-12-FF-FF-FF-FF-FF-FF-FF-FF-7F", "cut off")] // a name of 2^63 bytes
    [InlineData("08-08", "no ONNX graph")]
    [InlineData("", "empty")]
    public void Length_Lies_Are_Caught_Before_Anything_Is_Allocated(string hex, string problem)
    {
        var bytes = Convert.FromHexString(hex.Replace("-", ""));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<InputException>(() => OnnxModelReader.Summarize(new MemoryStream(bytes)));

        Assert.Contains(problem, error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Impossible_Shapes_Are_Refused()
    {
        var model = ModelProto.Parser.ParseFrom(Example);
        model.Graph.Initializer[2].Dims.Clear();
        model.Graph.Initializer[2].Dims.Add([1L << 40, 1L << 40]);
        using var stream = new MemoryStream(model.ToByteArray());

        Assert.Contains("impossible shape", Assert.Throws<InputException>(() => OnnxModelReader.Summarize(stream)).Message);
    }

    [Fact]
    public void Unreadable_Metadata_Is_Named()
    {
        var model = ModelProto.Parser.ParseFrom(Example);
        model.MetadataProps.Single(entry => entry.Key == "music.seed").Value = "one";
        using var stream = new MemoryStream(model.ToByteArray());

        Assert.Contains("music.seed cannot be read: 'one'", Assert.Throws<InputException>(() => OnnxModelReader.Read(stream)).Message);
    }

    private static void Summarize(byte[] bytes)
    {
        try
        {
            OnnxModelReader.Summarize(new MemoryStream(bytes));
        }
        catch (InputException)
        {
        }
    }

    private static byte[] Write(int features, int hidden, ModelMetadata metadata)
    {
        var random = new Random(2);
        return OnnxWriter.ToBytes(
            ModelExamples.Weights(random, features, hidden, metadata.Classes.Length), ModelExamples.Scaler(random, features), metadata);
    }

    private static string Json(ModelMetadata metadata) => System.Text.Json.JsonSerializer.Serialize(metadata, PipelineJson.Options);
}
