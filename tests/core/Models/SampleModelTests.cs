using MusicPipeline.Data;
using MusicPipeline.Data.Arrays;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Models;

public sealed class SampleModelTests
{
    [Fact]
    public async Task Onnx_Runtime_Agrees_With_The_Trainer_On_The_Samples()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var raw = await (await Open("notes_train_data.npy")).ReadSinglesAsync(cancellation);
        var labels = await (await Open("notes_train_labels.npy")).ReadIntegersAsync(cancellation);
        var classes = labels.Distinct().Order().ToArray();
        var features = raw.Length / labels.Length;
        var scaler = Standardization.Fit(raw, features);
        var standardized = raw.ToArray();
        Standardization.Apply(scaler, standardized);
        var rows = new LabelledRows(standardized, features, [.. labels.Select(label => Array.IndexOf(classes, label))]);
        var result = new CpuTrainingDevice().Train(
            new TrainingSplit(rows, rows, classes.Length), new HyperParameters(0.01, 64, 5), cancellationToken: cancellation);

        using var scorer = ModelScorer.Load(OnnxWriter.ToBytes(result.Weights, scaler, new ModelMetadata(classes)));
        var prediction = scorer.Score(raw, features, cancellation);

        var expected = Network.Probabilities(result.Weights, standardized);
        var furthest = expected.Zip(prediction.Probabilities, (trainer, onnx) => Math.Abs(trainer - onnx)).Max();
        Assert.InRange(furthest, 0, 1e-5f);
        Assert.Equal(result.History.ValidationAccuracy[^1], prediction.Against(labels).Accuracy, 1e-3);
    }

    private static async Task<NpyReader> Open(string name) =>
        await NpyReader.OpenAsync(new MemoryStream(await File.ReadAllBytesAsync(RepositoryPaths.Sample(name))));
}
