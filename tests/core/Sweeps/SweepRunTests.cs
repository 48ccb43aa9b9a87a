using System.Text;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Whole sweeps on small data, from the request to the report.</summary>
public sealed class SweepRunTests
{
    private static readonly SweepRequest Small = new() { LearningRates = [0.1, 0.01], HiddenUnits = [3, 5], Epochs = 2, BatchSize = 16 };

    [Fact]
    public async Task A_Sweep_Ends_With_Its_Results_On_Record()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);

        var sweep = await rig.RunAsync(Small);

        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Equal(new SweepCounts(4, 0, 0, 4, 0, 0, 0, 0), sweep.Counts);
        Assert.Empty(sweep.Failures!);
        Assert.Null(sweep.Error);
        var blobs = store.Snapshot();
        Assert.All(
            ["sweep.json", "plan.json", "report.md", "report.html", "best.onnx"],
            file => Assert.Contains($"sweeps/{sweep.Id}/{file}", blobs.Keys));
        Assert.Contains(blobs.Keys, name => name.StartsWith($"sweeps/{sweep.Id}/charts/", StringComparison.Ordinal));
        Assert.Equal(blobs[$"trials/{sweep.Best!.TrialId}/model.onnx"], blobs[$"sweeps/{sweep.Id}/best.onnx"]);
        Assert.DoesNotContain(blobs.Keys, name => name.EndsWith("progress.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Second_Run_Trains_Nothing_And_Says_So()
    {
        var store = await SweepRig.StoreAsync();
        await new SweepRig(store).RunAsync(Small);
        var before = Trials(store);

        var again = await new SweepRig(store, device: new NoDevice()).RunAsync(Small, runAgain: true);

        Assert.Equal(SweepState.Completed, again.State);
        Assert.Equal(new SweepCounts(4, 0, 0, 4, 0, 0, 0, 4), again.Counts);
        Assert.Equal(before, Trials(store));
    }

    [Fact]
    public async Task A_Sampled_Space_With_Every_Option_Runs_Folds_And_Seeds()
    {
        var store = await SweepRig.StoreAsync();

        var sweep = await new SweepRig(store).RunAsync(new SweepRequest
        {
            Space = new SpaceRequest
            {
                [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 0.001, 0.1),
                [HyperParameter.HiddenUnits] = ParameterRange.Of([3, 5]),
                [HyperParameter.WeightDecay] = ParameterRange.Of([0.01]),
                [HyperParameter.Schedule] = ParameterRange.Of(LearningRateSchedule.Cosine),
                [HyperParameter.Activation] = ParameterRange.Of(Activation.Tanh, Activation.Relu),
            },
            Sampler = new SobolSampler { Trials = 3 },
            Repeats = 2,
            Validation = ValidationRule.InFolds(2),
            Epochs = 2,
            BatchSize = 16,
        });

        Assert.Equal(new SweepCounts(12, 0, 0, 12, 0, 0, 0, 0), sweep.Counts);
        var model = OnnxModelReader.Read(new MemoryStream(store.Snapshot()[$"sweeps/{sweep.Id}/best.onnx"]));
        Assert.Equal(sweep.Best!.Parameters, model.Metadata.Parameters);
        Assert.Equal(sweep.Best.Parameters.Activation, model.Weights.Activation);
        Assert.Matches("^2-fold/[12]$", model.Metadata.Validation);
        Assert.Equal(LearningRateSchedule.Cosine, model.Metadata.Parameters!.Schedule);
    }

    [Fact]
    public async Task Sweeps_Share_Their_Trials()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        await rig.RunAsync(Small);

        var larger = await rig.RunAsync(Small with { HiddenUnits = [3, 5, 7] });

        Assert.Equal(new SweepCounts(6, 0, 0, 6, 0, 0, 0, 4), larger.Counts);
    }

    [Fact]
    public async Task Two_Sweeps_At_Once_End_As_One_After_The_Other()
    {
        var (apart, together) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        foreach (var request in new[] { Small, Small with { HiddenUnits = [3, 7] } }) await new SweepRig(apart).RunAsync(request);

        var rig = new SweepRig(together);
        await Task.WhenAll(rig.RunAsync(Small), rig.RunAsync(Small with { HiddenUnits = [3, 7] }));

        Assert.Equal(Trials(apart), Trials(together));
    }

    [Fact]
    public async Task A_Diverging_Trial_Is_A_Result_And_Disturbs_No_Other()
    {
        var (with, without) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        await new SweepRig(without).RunAsync(Small);

        var sweep = await new SweepRig(
            with, device: new DivergingDevice(50, afterEpochs: 1)).RunAsync(Small with { LearningRates = [0.1, 50, 0.01] });

        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Equal(new SweepCounts(6, 0, 0, 4, 2, 0, 0, 0), sweep.Counts);
        var records = await RecordsAsync(with);
        Assert.All(records.Where(record => record.Trial.Parameters.LearningRate == 50), record =>
        {
            Assert.Equal(TrainingOutcome.Diverged, record.Outcome);
            Assert.Equal(1, record.Epochs);
            Assert.NotNull(record.Last);
        });
        Assert.All(Trials(without), trial => Assert.Equal(trial.Value, Trials(with)[trial.Key]));
        Assert.NotEqual(50, sweep.Best!.Parameters.LearningRate);
    }

    [Fact]
    public async Task A_Sweep_In_Which_Every_Trial_Diverges_Has_No_Winner()
    {
        var store = await SweepRig.StoreAsync();

        var sweep = await new SweepRig(
            store, device: new DivergingDevice(50, afterEpochs: 0)).RunAsync(Small with { LearningRates = [50] });

        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Null(sweep.Best);
        Assert.DoesNotContain($"sweeps/{sweep.Id}/best.onnx", store.Snapshot().Keys);
        Assert.Contains($"sweeps/{sweep.Id}/report.html", store.Snapshot().Keys);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(100)]
    public async Task Every_Learning_Rate_That_Is_Taken_Ends_In_A_Report(double rate)
    {
        var store = await SweepRig.StoreAsync();

        var sweep = await new SweepRig(store).RunAsync(Small with { LearningRates = [rate], HiddenUnits = [8], Epochs = 5 });

        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Equal(1, sweep.Counts!.Completed + sweep.Counts.Diverged);
    }

    [Fact]
    public async Task A_Trial_That_Fails_Is_Named_And_Tried_Again_With_The_Next_Start()
    {
        var store = await SweepRig.StoreAsync();
        var failed = await new SweepRig(store, device: new FailingDevice(units: 5)).RunAsync(Small);

        Assert.Equal(SweepState.Completed, failed.State);
        Assert.Equal(new SweepCounts(4, 0, 0, 2, 0, 2, 0, 0), failed.Counts);
        Assert.All(failed.Failures!, failure => Assert.Equal((TrialState.Failed, "the device broke"), (failure.State, failure.Reason)));

        var repaired = await new SweepRig(store).RunAsync(Small);

        Assert.Equal(failed.Id, repaired.Id);
        Assert.Equal(new SweepCounts(4, 0, 0, 4, 0, 0, 0, 2), repaired.Counts);
    }

    [Fact]
    public async Task A_Sweep_Without_Any_Result_Has_Failed()
    {
        var store = await SweepRig.StoreAsync();

        var sweep = await new SweepRig(store, device: new FailingDevice(units: 3)).RunAsync(Small with { HiddenUnits = [3] });

        Assert.Equal(SweepState.Failed, sweep.State);
        Assert.Equal("No trial could be trained: the device broke", sweep.Error);
        Assert.Equal(2, sweep.Counts!.Failed);

        var repaired = await new SweepRig(store).RunAsync(Small with { HiddenUnits = [3] });

        Assert.Equal((SweepState.Completed, null), (repaired.State, repaired.Error));
    }

    [Fact]
    public async Task Every_Sweep_On_A_Share_Reports_The_Test_Set_Once_For_The_Winner()
    {
        var store = await SweepRig.StoreAsync();

        var sweep = await new SweepRig(store).RunAsync(Small);
        var report = Report(store, sweep.Id);

        Assert.Contains("The winner alone was then scored on the test set, once: accuracy ", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Selection was made on the test set", report, StringComparison.Ordinal);
        Assert.All(await RecordsAsync(store), record => Assert.Equal(ValidationRule.HoldOut(0.2), record.Trial.Validation));
    }

    [Fact]
    public async Task A_Sweep_That_Selects_On_The_Test_Set_Says_So()
    {
        var store = await SweepRig.StoreAsync();

        var sweep = await new SweepRig(store).RunAsync(Small with { Validation = ValidationRule.TestSet });

        Assert.Contains("Selection was made on the test set", Report(store, sweep.Id), StringComparison.Ordinal);
        Assert.DoesNotContain("scored on the test set, once", Report(store, sweep.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_Workers_End_In_The_Same_Bytes_As_One()
    {
        var (one, many) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var request = Small with { HiddenUnits = [2, 3, 4, 5] };

        await new SweepRig(one, parallel: 1).RunAsync(request);
        await new SweepRig(many, parallel: 8).RunAsync(request);

        Assert.Equal(Trials(one), Trials(many));
    }

    [Fact]
    public async Task A_Sweep_In_Parts_Ends_In_The_Same_Bytes_As_A_Whole_One()
    {
        var (whole, parts) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var request = Small with { HiddenUnits = [2, 3, 4, 5] };
        await new SweepRig(whole).RunAsync(request);
        var rig = new SweepRig(parts, partSize: 3);

        var sweep = await rig.RunAsync(request);

        Assert.Equal(Trials(whole), Trials(parts));
        Assert.Equal(Report(whole, sweep.Id), Report(parts, sweep.Id));
        Assert.Equal(["part-0", "part-1", "part-2"], rig.Host.ContextOf(sweep.Id).Children.Keys);
        Assert.Equal(new SweepCounts(8, 0, 0, 8, 0, 0, 0, 0), sweep.Counts);
    }

    [Fact]
    public async Task A_Cancel_Inside_A_Part_Ends_The_Sweep()
    {
        var store = await SweepRig.StoreAsync();
        var observer = new FirstEpoch();
        var rig = new SweepRig(store, observer: observer, partSize: 2);
        var started = await rig.Service.StartAsync(Small with { HiddenUnits = [300, 301, 302], Epochs = 10_000 });
        await observer.Seen.WaitAsync(TimeSpan.FromMinutes(5));

        await rig.Control.CancelAsync(started.Id);
        // Second by second: the other trial may start only now.
        var ended = rig.Host.WaitAsync(started.Id);
        while (!ended.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        await ended;
        var sweep = await rig.DocumentAsync(started.Id);
        Assert.Equal((SweepState.Cancelled, 6), (sweep.State, sweep.Counts!.Cancelled));
        Assert.Equal(["part-0"], rig.Host.ContextOf(started.Id).Children.Keys);
    }

    private static Dictionary<string, string> Trials(InMemoryArtifactStore store) => store.Snapshot()
        .Where(blob => blob.Key.StartsWith("trials/", StringComparison.Ordinal))
        .ToDictionary(blob => blob.Key, blob => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(blob.Value)));

    private static string Report(InMemoryArtifactStore store, string sweepId) =>
        Encoding.UTF8.GetString(store.Snapshot()[$"sweeps/{sweepId}/report.md"]);

    private static async Task<TrialRecord[]> RecordsAsync(InMemoryArtifactStore store)
    {
        var records = new List<TrialRecord>();
        foreach (var name in store.Snapshot().Keys.Where(name => name.EndsWith("/trial.json", StringComparison.Ordinal)))
            records.Add((await store.TryReadJsonAsync<TrialRecord>(new BlobPath("trials", name["trials/".Length..])))!);
        return [.. records];
    }

    private sealed class FirstEpoch : ITrialObserver
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public void OnEpoch(Trial trial, int epoch, EpochMetrics metrics)
        {
            _seen.TrySetResult();
            // Far from its end when the cancel comes, however late that is.
            Thread.Sleep(10);
        }

        public void OnFinished(Trial trial, TrialRecord record, bool reused)
        {
        }
    }
}
