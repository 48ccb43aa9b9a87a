using CsCheck;
using Google.Protobuf;
using MusicPipeline.Errors;
using MusicPipeline.TestSupport;
using MusicPipeline.Training.Models;
using MusicPipeline.Training.Models.Onnx;
using Xunit;

namespace MusicPipeline.Tests.Models;

public sealed class ModelScorerTests
{
    private static readonly byte[] Model = Write();

    [Fact]
    public void Batches_Do_Not_Change_The_Result()
    {
        using var scorer = ModelScorer.Load(Model);
        var data = ModelExamples.Rows(new Random(8), ModelExamples.Scaler(new Random(4), 6), 5000);

        var whole = scorer.Score(data, 6, TestContext.Current.CancellationToken);
        var last = scorer.Score(data.AsMemory(4999 * 6), 6, TestContext.Current.CancellationToken);

        Assert.Equal(5000, whole.Rows);
        Assert.Equal(last.Labels[0], whole.Labels[4999]);
        for (var i = 0; i < 3; i++) Assert.Equal(last.Probabilities[i], whole.Row(4999)[i], 1e-6f);
        Assert.Equal([1L, 4, 9], whole.Classes);
        Assert.All(whole.Labels, label => Assert.Contains(label, whole.Classes));
    }

    [Fact]
    public void Threads_Share_One_Scorer()
    {
        using var scorer = ModelScorer.Load(Model, threads: 2);
        var data = ModelExamples.Rows(new Random(8), ModelExamples.Scaler(new Random(4), 6), 300);
        var expected = scorer.Score(data, 6, TestContext.Current.CancellationToken);

        Parallel.For(0, 20, _ => Assert.Equal(expected.Probabilities, scorer.Score(data, 6).Probabilities));
    }

    [Fact]
    public void No_Rows_Give_No_Labels()
    {
        using var scorer = ModelScorer.Load(Model);

        Assert.Empty(scorer.Score(ReadOnlyMemory<float>.Empty, 6, TestContext.Current.CancellationToken).Labels);
    }

    [Fact]
    public void Refuses_Another_Number_Of_Features_With_The_Numbers()
    {
        using var scorer = ModelScorer.Load(Model);

        var error = Assert.Throws<InputException>(() => scorer.Score(new float[10], 5));

        Assert.StartsWith("the rows have 5 features and the model takes 6;", error.Message);
    }

    [Fact]
    public void Refuses_Features_That_Are_Not_Finite()
    {
        using var scorer = ModelScorer.Load(Model);
        var data = new float[12];
        data[8] = float.NaN;

        Assert.StartsWith("feature 2 of row 1 is NaN;", Assert.Throws<InputException>(() => scorer.Score(data, 6)).Message);
    }

    [Fact]
    public void Stops_When_Cancelled()
    {
        using var scorer = ModelScorer.Load(Model);

        Assert.Throws<OperationCanceledException>(() => scorer.Score(new float[6], 6, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Opens_Files_And_Names_Them_In_Errors()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.onnx"), Model);
        File.WriteAllBytes(folder.File("cut.onnx"), Model[..^100]);

        using var scorer = ModelScorer.Open(folder.File("model.onnx"));

        Assert.Equal((6, 3, "notes"), (scorer.Features, scorer.Classes, scorer.Metadata.Dataset));
        Assert.StartsWith(folder.File("cut.onnx"), Assert.Throws<InputException>(() => ModelScorer.Open(folder.File("cut.onnx"))).Message);
        Assert.Equal(InputErrorKind.NotFound, Assert.Throws<InputException>(() => ModelScorer.Open(folder.File("none.onnx"))).Kind);
    }

    [Fact]
    public void Mutated_Models_End_In_A_Sentence_Or_Score() =>
        Gen.Select(Gen.Int[0, Model.Length - 1], Gen.Byte).Array[1, 3].Sample(
            mutations =>
            {
                var bytes = Model.ToArray();
                foreach (var (position, value) in mutations) bytes[position] = value;
                try
                {
                    using var scorer = ModelScorer.Load(bytes);
                    var prediction = scorer.Score(new float[2 * scorer.Features], scorer.Features);
                    Assert.Equal(2 * scorer.Classes, prediction.Probabilities.Length);
                }
                catch (InputException)
                {
                }
            },
            iter: 400);

    [Fact]
    public void A_Model_Without_A_Classifiers_Outputs_Is_Refused()
    {
        var model = ModelProto.Parser.ParseFrom(Model);
        model.Graph.Output.RemoveAt(1);

        var error = Assert.Throws<InputException>(() => ModelScorer.Load(model.ToByteArray()));

        Assert.StartsWith("the model is no classifier of feature rows:", error.Message);
    }

    [Fact]
    public void A_Model_From_Elsewhere_Counts_Its_Classes_From_Zero()
    {
        var model = ModelProto.Parser.ParseFrom(Model);
        model.ProducerName = "another";
        model.MetadataProps.Clear();

        using var scorer = ModelScorer.Load(model.ToByteArray());

        Assert.Equal([0L, 1, 2], scorer.Metadata.Classes);
        // Its labels are 1, 4 and 9, so they cannot be set against its classes.
        var prediction = scorer.Score(ModelExamples.Rows(new Random(8), ModelExamples.Scaler(new Random(4), 6), 50), 6);
        Assert.Contains(
            "predictions are no class of the model", Assert.Throws<InputException>(() => prediction.Against(new long[50])).Message);
    }

    private static byte[] Write()
    {
        var random = new Random(4);
        var scaler = ModelExamples.Scaler(random, 6);
        return OnnxWriter.ToBytes(ModelExamples.Weights(random, 6, 5, 3), scaler, ModelExamples.Metadata);
    }
}
