using System.Text;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training.MachineLearning;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Baselines from the request to the report.</summary>
public sealed class BaselineRunTests
{
    private static readonly SweepRequest Small = new()
    {
        LearningRates = [0.1], HiddenUnits = [3, 5], Epochs = 2, BatchSize = 16, Baselines = ["lbfgs", "naive-bayes"],
    };

    [Fact]
    public async Task A_Baseline_Is_Trained_Once_On_The_Rows_Of_The_Trials()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Small);

        Assert.False(await rig.TrainBaseline.RunAsync(new BaselineCall(plan.SweepId, 0, 1)));
        var before = store.Snapshot();
        Assert.True(await rig.TrainBaseline.RunAsync(new BaselineCall(plan.SweepId, 0, 1)));

        var trial = plan.Baselines![0];
        var record = (await store.TryReadJsonAsync<BaselineRecord>(BlobPaths.Baseline(trial.Id, "baseline.json")))!;
        var (_, split) = await new TrialData(new MusicPipeline.Data.DatasetCache(rig.Datasets)).GetAsync(plan.Trials[0]);
        var score = Baselines.Train("lbfgs", split).Metrics;
        Assert.Equal(trial, record.Trial);
        Assert.Equal((score.Loss, score.Accuracy), (record.Loss, record.Accuracy));
        Assert.Equal((score.ValidationLoss, score.ValidationAccuracy), (record.ValidationLoss, record.ValidationAccuracy));
        Assert.Equal(split.Validation.Rows, record.ValidationRows);
        Assert.Equal(before.Keys.Order(), store.Snapshot().Keys.Order());
        Assert.Equal(Baseline(before), Baseline(store.Snapshot()));
    }

    [Fact]
    public async Task What_Gives_No_Probabilities_Has_No_Loss()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var plan = await rig.PlanAsync(Small);

        await rig.TrainBaseline.RunAsync(new BaselineCall(plan.SweepId, 1, 1));

        var record = (await rig.Store.TryReadJsonAsync<BaselineRecord>(BlobPaths.Baseline(plan.Baselines![1].Id, "baseline.json")))!;
        Assert.Null(record.Loss);
        Assert.Null(record.ValidationLoss);
        Assert.InRange(record.ValidationAccuracy, 0.2, 1);
    }

    [Fact]
    public async Task A_Worker_That_Stops_Waits_For_None()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var plan = await rig.PlanAsync(Small);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => rig.TrainBaseline.RunAsync(new BaselineCall(plan.SweepId, 0, 1), new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<InputException>(() => rig.TrainBaseline.RunAsync(new BaselineCall("none-0123456789", 0, 1)));
    }

    [Fact]
    public async Task They_Stand_Beside_The_Trials_In_Every_Table()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);

        var sweep = await rig.RunAsync(Small);

        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Equal(2, sweep.Counts!.Total);
        Assert.Equal(["lbfgs", "naive-bayes"], sweep.Baselines!.Select(baseline => baseline.Name));
        Assert.All(sweep.Baselines!, baseline => Assert.NotNull(baseline.ValidationAccuracy));
        Assert.Null(sweep.Baselines![1].Loss);
        Assert.Contains(sweep.Best!.TrialId, (await rig.Catalog.GetAsync(sweep.Id)).Trials.Select(trial => trial.Id));
        Assert.Equal(sweep.Baselines, (await rig.Catalog.GetAsync(sweep.Id)).Baselines);
        var report = Text(store, $"sweeps/{sweep.Id}/report.md");
        Assert.Contains("| lbfgs (baseline) |", report, StringComparison.Ordinal);
        Assert.Contains($"../../baselines/{sweep.Baselines![0].Id}/baseline.json", report, StringComparison.Ordinal);
        Assert.Contains("### Against the baselines", report, StringComparison.Ordinal);
        var lines = Text(store, $"sweeps/{sweep.Id}/trials.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["baseline", "", "", "lbfgs", "naive-bayes"], lines.Select(line => line.Split(',')[^1]));
    }

    [Fact]
    public async Task Sweeps_Share_Them()
    {
        var store = await SweepRig.StoreAsync();
        await new SweepRig(store).RunAsync(Small);
        var before = Baseline(store.Snapshot());

        var other = await new SweepRig(store).RunAsync(Small with { HiddenUnits = [4], Baselines = ["naive-bayes", "lbfgs"] });
        var folds = await new SweepRig(
            store).RunAsync(Small with { HiddenUnits = [4], Validation = ValidationRule.InFolds(2), Baselines = ["lbfgs"] });

        Assert.Equal(2, other.Baselines!.Count);
        Assert.Equal([1, 2], folds.Baselines!.Select(baseline => baseline.Fold!.Value));
        Assert.Equal(4, Baseline(store.Snapshot()).Count);
        Assert.Equal(before, Baseline(store.Snapshot()).Where(pair => before.ContainsKey(pair.Key)).ToDictionary());
        var trials = (await new SweepRig(store).Catalog.GetAsync(folds.Id)).Trials;
        Assert.Equal([1, 2], trials.Select(trial => trial.Fold!.Value));
    }

    [Fact]
    public async Task One_That_Fails_Has_Its_Reason_In_The_Report()
    {
        var inner = await SweepRig.StoreAsync();
        var plan = await new SweepRig(inner).PlanAsync(Small);
        var lost = $"baselines/{plan.Baselines![0].Id}/";
        var store = new FaultyArtifactStore(inner, call =>
            call.Operation == "TryCreate" && call.Path.ToString().StartsWith(lost, StringComparison.Ordinal)
                ? StoreFault.Before
                : StoreFault.None);
        var rig = new SweepRig(store);

        var sweep = await rig.RunAsync(Small, runAgain: true);

        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Null(sweep.Baselines![0].ValidationAccuracy);
        Assert.NotNull(sweep.Baselines![0].Reason);
        Assert.NotNull(sweep.Baselines![1].ValidationAccuracy);
        var report = Text(inner, $"sweeps/{sweep.Id}/report.md");
        Assert.Contains($"Lbfgs has no result: {sweep.Baselines![0].Reason!.TrimEnd('.')}", report, StringComparison.Ordinal);
        Assert.Contains(
            "no result", report.Split('\n').Single(line => line.StartsWith("| lbfgs", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static string Text(InMemoryArtifactStore store, string path) => Encoding.UTF8.GetString(store.Snapshot()[path]);

    private static Dictionary<string, string> Baseline(IReadOnlyDictionary<string, byte[]> blobs) => blobs
        .Where(blob => blob.Key.StartsWith("baselines/", StringComparison.Ordinal))
        .ToDictionary(blob => blob.Key, blob => Convert.ToHexString(blob.Value));
}
