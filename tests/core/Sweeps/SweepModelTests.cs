using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training.Models;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>The model beside a sweep's report.</summary>
public sealed class SweepModelTests
{
    private static readonly SweepRequest Small = new() { LearningRates = [0.01, 0.001], HiddenUnits = [3, 5], Epochs = 3, BatchSize = 16 };

    [Fact]
    public async Task The_Model_Of_A_Sweep_Carries_The_Name_Of_Its_Own_Data_Set()
    {
        var store = await SweepRig.StoreAsync();
        await SweepRig.IngestAsync(store, "twin", seed: 1);
        var first = await new SweepRig(store).RunAsync(Small with { Dataset = "notes" });

        var second = await new SweepRig(store, device: new NoDevice()).RunAsync(Small with { Dataset = "twin" });

        Assert.Equal((first.DatasetVersion, first.Best, 4), (second.DatasetVersion, second.Best, second.Counts!.Reused));
        var blobs = store.Snapshot();
        var (trained, own) = (Model($"trials/{second.Best!.TrialId}/model.onnx"), Model($"sweeps/{second.Id}/best.onnx"));
        Assert.Equal(
            ("notes", "twin", first.DatasetVersion), (trained.Metadata.Dataset, own.Metadata.Dataset, own.Metadata.DatasetVersion));
        Assert.Equal(
            OnnxWriter.ToBytes(trained.Weights, trained.Scaler, trained.Metadata with { Dataset = "twin" }),
            blobs[$"sweeps/{second.Id}/best.onnx"]);
        Assert.Equal(blobs[$"trials/{first.Best!.TrialId}/model.onnx"], blobs[$"sweeps/{first.Id}/best.onnx"]);
        var report = System.Text.Encoding.UTF8.GetString(blobs[$"sweeps/{second.Id}/report.md"]);
        Assert.Contains(
            $"the same network as [`trials/{second.Best.TrialId}/model.onnx`](<../../trials/{second.Best.TrialId}/model.onnx>), "
            + "which was trained for the data set notes of the same content; its history",
            report,
            StringComparison.Ordinal);

        TrainedModel Model(string blob) => OnnxModelReader.Read(new MemoryStream(blobs[blob]));
    }
}
