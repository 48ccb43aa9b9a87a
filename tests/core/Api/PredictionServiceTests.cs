using MusicPipeline.Errors;
using MusicPipeline.Http;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Tests.Sweeps;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Api;

public sealed class PredictionServiceTests
{
    private static readonly FeatureRows Rows = new([2, 0.5f, 0.5f, 2, 0.5f, 0.5f, 0.5f, 2, 0.5f, 0.5f, 2, 0.5f], 6);

    [Fact]
    public async Task Classifies_By_The_Best_Model_Of_A_Sweep_Or_By_A_Trials()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await RunAsync(store);
        using var models = new StoredModels(store);
        var service = new PredictionService(models);

        var best = await service.PredictAsync(sweep.Id, Rows);
        var trial = await service.PredictAsync(sweep.Best!.TrialId, Rows);

        Assert.Equal(sweep.Id, best.Model);
        Assert.Equal([10, 20], best.Labels);
        Assert.Equal(SmallData.Classes, best.Classes);
        Assert.Equal([3, 3], best.Probabilities.Select(row => row.Length));
        Assert.All(best.Probabilities, row => Assert.Equal(1, row.Sum(), 1e-5));
        Assert.Equal(best.Probabilities, trial.Probabilities);
    }

    [Theory]
    [InlineData(null, "no model is named; add ?model= with the id of a sweep or of a trial.", InputErrorKind.Invalid)]
    [InlineData("", "no model is named; add ?model= with the id of a sweep or of a trial.", InputErrorKind.Invalid)]
    [InlineData(
        "lab-0123456789",
        "there is no model 'lab-0123456789'; name a sweep that has completed, or a finished trial.",
        InputErrorKind.NotFound)]
    [InlineData("../a", "there is no model '../a'; name a sweep that has completed, or a finished trial.", InputErrorKind.NotFound)]
    public async Task Says_That_There_Is_No_Model(string? model, string message, InputErrorKind kind)
    {
        using var models = new StoredModels(InMemoryArtifactStore.WithContainers());
        var service = new PredictionService(models);

        var exception = await Assert.ThrowsAsync<InputException>(() => service.PredictAsync(model, Rows));

        Assert.Equal((message, kind), (exception.Message, exception.Kind));
    }

    [Fact]
    public async Task Rows_Must_Fit_The_Model()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await RunAsync(store);
        using var models = new StoredModels(store);
        var service = new PredictionService(models);

        Assert.StartsWith(
            "the rows have 5 features and the model takes 6;",
            (await Assert.ThrowsAsync<InputException>(() => service.PredictAsync(sweep.Id, new FeatureRows(new float[10], 5)))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "feature 1 of row 0 is NaN;",
            (await Assert.ThrowsAsync<InputException>(
                () => service.PredictAsync(sweep.Id, new FeatureRows([0, float.NaN, 0, 0, 0, 0], 6)))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_Models_And_Many_Callers_Do_Not_Mix()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(new SweepRequest { HiddenUnits = [.. Enumerable.Range(1, 10)], Epochs = 1, BatchSize = 16 });
        await rig.Train.RunAsync(new MusicPipeline.Sweeps.Running.TrialPack(plan.SweepId, [.. Enumerable.Range(0, 10)]));
        using var models = new StoredModels(store);
        var service = new PredictionService(models);
        var expected = new List<float[][]>();
        foreach (var trial in plan.Trials) expected.Add((await service.PredictAsync(trial.Id, Rows)).Probabilities);

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(call =>
            Task.Run(() => service.PredictAsync(plan.Trials[call % 10].Id, Rows))));

        for (var call = 0; call < answers.Length; call++) Assert.Equal(expected[call % 10], answers[call].Probabilities);
        Assert.Equal(10, expected.Select(rows => rows[0][0]).Distinct().Count());
    }

    [Fact]
    public async Task A_New_Best_Model_Is_Used_At_Once()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await RunAsync(store);
        var other = await new SweepRig(store).RunAsync(new SweepRequest { HiddenUnits = [2], Epochs = 1, BatchSize = 16, Seed = 9 });
        using var models = new StoredModels(store);
        var service = new PredictionService(models);
        var before = await service.PredictAsync(sweep.Id, Rows);

        var model = await store.TryReadAsync(BlobPaths.Sweep(other.Id, SweepFiles.BestModel));
        await store.WriteAsync(BlobPaths.Sweep(sweep.Id, SweepFiles.BestModel), model!.Bytes);

        var after = await service.PredictAsync(sweep.Id, Rows);
        Assert.NotEqual(before.Probabilities, after.Probabilities);
        Assert.Equal((await service.PredictAsync(other.Id, Rows)).Probabilities, after.Probabilities);
    }

    private static Task<SweepDocument> RunAsync(InMemoryArtifactStore store) =>
        new SweepRig(store).RunAsync(new SweepRequest { LearningRates = [0.05], HiddenUnits = [8], Epochs = 20, BatchSize = 16 });
}
