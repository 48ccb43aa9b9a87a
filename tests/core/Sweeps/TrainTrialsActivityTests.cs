using System.Collections.Concurrent;
using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class TrainTrialsActivityTests
{
    private static readonly SweepRequest Request = new() { LearningRates = [0.01], HiddenUnits = [3, 4], Epochs = 2, BatchSize = 16 };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Writes_Record_History_And_Model()
    {
        var store = await SweepRig.StoreAsync();
        var observer = new Observer();
        var rig = new SweepRig(store, observer: observer);
        var plan = await rig.PlanAsync(Request);

        var outcomes = await rig.Train.RunAsync(new TrialPack(plan.SweepId, [1, 0]));

        Assert.Equal([1, 0], outcomes.Select(outcome => outcome.Index));
        var trial = plan.Trials[1];
        var record = (await store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(trial.Id, "trial.json")))!;
        var history = (await store.TryReadJsonAsync<TrainingHistory>(BlobPaths.Trial(trial.Id, "history.json")))!;
        Assert.Equal(trial, record.Trial);
        Assert.Equal(
            (TrainingOutcome.Completed, 2, "cpu", TrialId.TrainerVersion),
            (record.Outcome, record.Epochs, record.Device, record.TrainerVersion));
        Assert.Equal(2, history.Epochs);
        Assert.Equal(history.ValidationAccuracy[1], record.Last!.ValidationAccuracy);
        Assert.Equal(record.Last.ValidationAccuracy, outcomes[0].ValidationAccuracy);
        Assert.Equal((6 * 4) + 4 + (4 * 3) + 3, record.ParameterCount);
        using var model = ModelScorer.Load((await store.TryReadAsync(BlobPaths.Trial(trial.Id, "model.onnx")))!.Bytes.ToArray());
        Assert.Equal(SmallData.Classes, model.Metadata.Classes);
        Assert.Equal(trial.Id, model.Metadata.TrialId);
        Assert.Equal([(4, 1), (4, 2), (3, 1), (3, 2)], observer.Epochs);
        Assert.Equal([(3, false), (4, false)], observer.Finished.Order());
    }

    [Fact]
    public async Task A_Result_On_Record_Is_Used()
    {
        var store = await SweepRig.StoreAsync();
        var plan = await new SweepRig(store).PlanAsync(Request);
        var first = await new SweepRig(store).Train.RunAsync(new TrialPack(plan.SweepId, [0]));
        var before = store.Snapshot();
        var observer = new Observer();

        var second = await new SweepRig(store, new NoDevice(), observer).Train.RunAsync(new TrialPack(plan.SweepId, [0]));

        Assert.Equal([first[0] with { Reused = true }], second);
        Assert.Equal([(3, true)], observer.Finished);
        Assert.Equal(before.Keys, store.Snapshot().Keys);
    }

    [Fact]
    public async Task A_Crash_Before_The_Record_Leads_To_A_Clean_Retry()
    {
        var (store, whole) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var plan = await new SweepRig(store).PlanAsync(Request);
        await new SweepRig(whole).PlanAsync(Request);
        await new SweepRig(whole).Train.RunAsync(new TrialPack(plan.SweepId, [0]));
        var crashing = new FaultyArtifactStore(store, call => call is { Operation: "TryCreate" } ? StoreFault.Before : StoreFault.None);

        await Assert.ThrowsAsync<IOException>(() => new SweepRig(crashing).Train.RunAsync(new TrialPack(plan.SweepId, [0])));
        var left = store.Snapshot().Keys.Where(name => name.StartsWith("trials/", StringComparison.Ordinal)).ToArray();
        var outcome = Assert.Single(await new SweepRig(store).Train.RunAsync(new TrialPack(plan.SweepId, [0])));

        Assert.Equal(["history.json", "model.onnx"], left.Select(name => name.Split('/')[^1]).Order());
        Assert.Equal((TrialState.Completed, false), (outcome.State, outcome.Reused));
        Assert.All(whole.Snapshot().Where(blob => blob.Key.StartsWith("trials/", StringComparison.Ordinal)), blob =>
            Assert.Equal(blob.Value, store.Snapshot()[blob.Key]));
    }

    [Fact]
    public async Task Two_Workers_On_One_Trial_Make_One_Record()
    {
        var (store, alone) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var plan = await new SweepRig(store).PlanAsync(Request);
        await new SweepRig(alone).PlanAsync(Request);
        var pack = new TrialPack(plan.SweepId, [0, 1]);
        await new SweepRig(alone).Train.RunAsync(pack);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new SweepRig(store).Train.RunAsync(pack))));

        Assert.All(
            outcomes,
            outcome => Assert.Equal(outcomes[0].Select(one => one.ValidationAccuracy), outcome.Select(one => one.ValidationAccuracy)));
        Assert.Equal(alone.Snapshot(), store.Snapshot());
    }

    [Fact]
    public async Task What_Is_On_Record_Stays_Where_A_Slower_Device_Computes_Other_Numbers()
    {
        var store = await SweepRig.StoreAsync();
        var plan = await new SweepRig(store).PlanAsync(Request);
        var pack = new TrialPack(plan.SweepId, [0]);
        var gate = new TaskCompletionSource();
        var slower = Task.Run(() => new SweepRig(store, new OtherDevice(gate.Task)).Train.RunAsync(pack));
        var faster = await new SweepRig(store).Train.RunAsync(pack);
        var before = store.Snapshot();

        gate.SetResult();

        Assert.Equal([faster[0] with { Reused = true }], await slower.WaitAsync(Patience));
        Assert.Equal(before, store.Snapshot());
    }

    [Fact]
    public async Task The_Flag_Of_A_Cancel_Stops_A_Running_Trial_With_The_Next_Beat()
    {
        var store = await SweepRig.StoreAsync();
        var observer = new Observer();
        var rig = new SweepRig(store, observer: observer);
        var plan = await rig.PlanAsync(Request with { Epochs = 10_000, HiddenUnits = [1024] });
        var training = Task.Run(() => rig.Train.RunAsync(new TrialPack(plan.SweepId, [0])));
        await observer.FirstEpoch.WaitAsync(Patience);

        await rig.HaltAsync(plan.SweepId, HaltKind.Cancel);
        rig.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([new TrialOutcome(0, TrialState.Cancelled, Reason: "the sweep was cancelled")], await training.WaitAsync(Patience));
        Assert.DoesNotContain(store.Snapshot().Keys, name => name.StartsWith("trials/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Worker_That_Stops_Is_No_Cancelled_Trial()
    {
        var store = await SweepRig.StoreAsync();
        var observer = new Observer();
        var rig = new SweepRig(store, observer: observer);
        var plan = await rig.PlanAsync(Request with { Epochs = 10_000, HiddenUnits = [1024] });
        using var stopping = new CancellationTokenSource();
        var training = Task.Run(() => rig.Train.RunAsync(new TrialPack(plan.SweepId, [0]), stopping.Token));
        await observer.FirstEpoch.WaitAsync(Patience);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => training.WaitAsync(Patience));
        Assert.DoesNotContain(store.Snapshot().Keys, name => name.StartsWith("trials/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Running_Trial_Shows_Its_Progress_And_Survives_That_It_Cannot()
    {
        var memory = await SweepRig.StoreAsync();
        var shown = new TaskCompletionSource<StoreCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        var failing = new FaultyArtifactStore(memory, call =>
        {
            if (!call.Path.Name.EndsWith("progress.json", StringComparison.Ordinal)) return StoreFault.None;
            if (call.Operation == "Write") shown.TrySetResult(call);
            return call.Operation == "Delete" ? StoreFault.Before : StoreFault.None;
        });
        var observer = new Observer();
        // It may not be through before it has been seen.
        var device = new GateDevice((_, epoch) =>
        {
            if (epoch == 2) shown.Task.Wait(Patience);
        });
        var rig = new SweepRig(failing, device, observer);
        var plan = await rig.PlanAsync(Request);
        var training = Task.Run(() => rig.Train.RunAsync(new TrialPack(plan.SweepId, [0])));
        await observer.FirstEpoch.WaitAsync(Patience);

        rig.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal($"trials/{plan.Trials[0].Id}/progress.json", (await shown.Task.WaitAsync(Patience)).Path.ToString());
        Assert.Equal(TrialState.Completed, (await training.WaitAsync(Patience))[0].State);
    }

    [Fact]
    public async Task A_Wrong_Input_Is_The_Trials_Result()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Request);
        var version = plan.DatasetVersion;
        await store.DeleteAsync(BlobPaths.Dataset("notes", version, "dataset.json"));

        var outcomes = await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0]));

        Assert.Equal(
            [new TrialOutcome(0, TrialState.Failed, Reason: $"the data set 'notes' has no version '{version}'; upload its arrays again.")],
            outcomes);
    }

    [Fact]
    public async Task A_Data_Set_That_Could_Not_Be_Read_Is_Read_Again()
    {
        var memory = await SweepRig.StoreAsync();
        var broken = true;
        var store = new FaultyArtifactStore(memory, call => broken && call.Operation == "OpenRead" ? StoreFault.Before : StoreFault.None);
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Request);
        var pack = new TrialPack(plan.SweepId, [0]);
        await Assert.ThrowsAsync<IOException>(() => rig.Train.RunAsync(pack));

        broken = false;

        Assert.Equal(TrialState.Completed, (await rig.Train.RunAsync(pack))[0].State);
    }

    [Fact]
    public async Task Every_Trial_Of_A_Sweep_Is_Validated_On_The_Same_Rows()
    {
        var store = await SweepRig.StoreAsync();
        var data = new TrialData(new DatasetCache(new DatasetStore(store)));
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Request);
        var other = await rig.PlanAsync(Request with { Seed = 2 });

        var (_, one) = await data.GetAsync(plan.Trials[0]);
        var (_, two) = await data.GetAsync(other.Trials[1]);
        var (_, test) = await data.GetAsync(plan.Trials[0] with { Validation = ValidationRule.TestSet });
        var (_, again) = await data.GetAsync(plan.Trials[0]);

        Assert.Same(one, two);
        Assert.Equal((72, 18), (one.Training.Rows, one.Validation.Rows));
        Assert.Equal((90, 30), (test.Training.Rows, test.Validation.Rows));
        Assert.Equal(one.Validation.Features, again.Validation.Features);
    }

    private sealed class Observer : ITrialObserver
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<(int Units, int Epoch)> Epochs { get; } = [];

        public ConcurrentQueue<(int Units, bool Reused)> Finished { get; } = [];

        public Task FirstEpoch => _first.Task;

        public void OnEpoch(Trial trial, int epoch, EpochMetrics metrics)
        {
            Epochs.Enqueue((trial.Parameters.HiddenUnits, epoch));
            _first.TrySetResult();
            // One that is to be broken off is far from its end by then, however late the test comes to it.
            if (trial.Parameters.Epochs > 1000) Thread.Sleep(10);
        }

        public void OnFinished(Trial trial, TrialRecord record, bool reused) => Finished.Enqueue((trial.Parameters.HiddenUnits, reused));
    }
}
