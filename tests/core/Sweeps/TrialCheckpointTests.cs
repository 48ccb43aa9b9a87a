using System.Collections.Concurrent;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Trials that are broken off and go on.</summary>
public sealed class TrialCheckpointTests
{
    private const int Epochs = 6;

    private static readonly SweepRequest Request = new() { LearningRates = [0.01], HiddenUnits = [4], Epochs = Epochs, BatchSize = 16 };
    private static readonly CheckpointRule Always = CheckpointRule.Default with { LeastWork = 0 };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_Trial_Goes_On_Where_Its_Worker_Stopped()
    {
        var store = await SweepRig.StoreAsync();
        using var stopping = new CancellationTokenSource();
        var plan = await BreakOffAsync(store, epoch => { if (epoch == 3) stopping.Cancel(); }, stopping.Token);
        Assert.Equal(["checkpoint.bin"], Files(store));

        var (outcome, epochs) = await FinishAsync(store, plan);

        Assert.Equal((TrialState.Completed, false), (outcome.State, outcome.Reused));
        Assert.InRange(epochs[0], 2, 4);
        Assert.Equal(Epochs, epochs[^1]);
        await AssertWholeAsync(store);
        var record = (await store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(plan.Trials[0].Id, SweepFiles.Trial)))!;
        Assert.Equal(31 * Epochs, record.Seconds);
    }

    [Fact]
    public async Task A_Cancelled_Trial_Keeps_Its_Checkpoint_For_The_Next_Start()
    {
        var store = await SweepRig.StoreAsync();
        var time = new ManualTimeProvider();
        var rig = new SweepRig(store, observer: new Clock(time, _ => Thread.Sleep(10)), time: time, checkpoints: Always);
        var plan = await rig.PlanAsync(Request with { Epochs = 10_000 });
        await rig.HaltAsync(plan.SweepId, HaltKind.Cancel);

        var outcome = Assert.Single(await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0])).WaitAsync(Patience));

        Assert.Equal(TrialState.Cancelled, outcome.State);
        Assert.Contains("checkpoint.bin", Files(store));
    }

    [Fact]
    public async Task A_Damaged_Checkpoint_Is_Passed_Over()
    {
        var store = await SweepRig.StoreAsync();
        using var stopping = new CancellationTokenSource();
        var plan = await BreakOffAsync(store, epoch => { if (epoch == 3) stopping.Cancel(); }, stopping.Token);
        var path = BlobPaths.Trial(plan.Trials[0].Id, SweepFiles.Checkpoint);
        var bytes = (await store.TryReadAsync(path))!.Bytes.ToArray();
        bytes[^1] ^= 1;
        await store.WriteAsync(path, bytes);

        var (_, epochs) = await FinishAsync(store, plan);

        Assert.Equal(Enumerable.Range(1, Epochs), epochs);
        await AssertWholeAsync(store);
    }

    [Fact]
    public async Task A_Checkpoint_Of_Other_Parameters_Is_Passed_Over()
    {
        var store = await SweepRig.StoreAsync();
        using var stopping = new CancellationTokenSource();
        var plan = await BreakOffAsync(store, epoch => { if (epoch == 3) stopping.Cancel(); }, stopping.Token);
        var other = await new SweepRig(store).PlanAsync(Request with { Seed = 2 });
        var foreign = (await store.TryReadAsync(BlobPaths.Trial(plan.Trials[0].Id, SweepFiles.Checkpoint)))!.Bytes;
        await store.WriteAsync(BlobPaths.Trial(other.Trials[0].Id, SweepFiles.Checkpoint), foreign);

        var (outcome, epochs) = await FinishAsync(store, other);

        Assert.Equal(TrialState.Completed, outcome.State);
        Assert.Equal(Enumerable.Range(1, Epochs), epochs);
    }

    [Theory]
    [InlineData(StoreFault.Before)]
    [InlineData(StoreFault.After)]
    public async Task A_Crash_At_Any_Call_Of_Storage_Leads_To_The_Same_Result(StoreFault fault)
    {
        for (var number = 1; number <= 14; number++)
        {
            var memory = await SweepRig.StoreAsync();
            var plan = await new SweepRig(memory).PlanAsync(Request);
            var crashing = new FaultyArtifactStore(memory, call => call.Number == number ? fault : StoreFault.None);
            var time = new ManualTimeProvider();
            try
            {
                await new SweepRig(crashing, observer: new Clock(time), time: time, checkpoints: Always)
                    .Train.RunAsync(new TrialPack(plan.SweepId, [0]));
            }
            catch (IOException)
            {
                // The worker is gone; the next one takes the trial up.
            }

            var (outcome, _) = await FinishAsync(memory, plan);

            Assert.Equal(TrialState.Completed, outcome.State);
            await AssertWholeAsync(memory);
        }
    }

    [Fact]
    public async Task A_Slow_Store_Holds_Up_No_Training_And_Nothing_Piles_Up()
    {
        using var gate = new ManualResetEventSlim();
        var writes = 0;
        var store = new FaultyArtifactStore(await SweepRig.StoreAsync(), call =>
        {
            if (call is not { Operation: "Write", Path.Name: var name } || !name.EndsWith(SweepFiles.Checkpoint, StringComparison.Ordinal))
                return StoreFault.None;
            Interlocked.Increment(ref writes);
            gate.Wait(Patience);
            return StoreFault.None;
        });
        var time = new ManualTimeProvider();
        var clock = new Clock(time, epoch => { if (epoch == Epochs) gate.Set(); });
        var rig = new SweepRig(store, observer: clock, time: time, checkpoints: Always);
        var plan = await rig.PlanAsync(Request);

        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0])).WaitAsync(Patience);

        Assert.Equal(1, writes);
        Assert.Equal(Epochs, clock.Epochs.Count);
    }

    [Fact]
    public async Task There_Are_At_Least_Thirty_Seconds_Between_Checkpoints()
    {
        var writes = 0;
        var store = new FaultyArtifactStore(await SweepRig.StoreAsync(), call =>
        {
            if (call.Operation == "Write" && call.Path.Name.EndsWith(SweepFiles.Checkpoint, StringComparison.Ordinal))
                Interlocked.Increment(ref writes);
            return StoreFault.None;
        });
        var time = new ManualTimeProvider();
        var rig = new SweepRig(store, observer: new Clock(time, seconds: 10), time: time, checkpoints: Always);
        var plan = await rig.PlanAsync(Request with { Epochs = 9 });

        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0]));

        Assert.InRange(writes, 1, 2);
    }

    [Fact]
    public async Task A_Short_Trial_Costs_Storage_Nothing()
    {
        var calls = new ConcurrentQueue<string>();
        var store = new FaultyArtifactStore(await SweepRig.StoreAsync(), call =>
        {
            calls.Enqueue(call.Path.Name);
            return StoreFault.None;
        });
        var time = new ManualTimeProvider();
        var rig = new SweepRig(store, observer: new Clock(time), time: time);
        var plan = await rig.PlanAsync(Request);

        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0]));

        Assert.DoesNotContain(calls, name => name.EndsWith(SweepFiles.Checkpoint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_Workers_On_One_Trial_Do_Each_Other_No_Harm()
    {
        var store = await SweepRig.StoreAsync();
        var plan = await new SweepRig(store).PlanAsync(Request);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => FinishAsync(store, plan))));

        Assert.All(outcomes, outcome => Assert.Equal(TrialState.Completed, outcome.Outcome.State));
        await AssertWholeAsync(store);
    }

    private static async Task<SweepPlan> BreakOffAsync(InMemoryArtifactStore store, Action<int> onEpoch, CancellationToken stopping)
    {
        var time = new ManualTimeProvider();
        var rig = new SweepRig(store, observer: new Clock(time, onEpoch), time: time, checkpoints: Always);
        var plan = await rig.PlanAsync(Request);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => rig.Train.RunAsync(new TrialPack(plan.SweepId, [0]), stopping).WaitAsync(Patience, CancellationToken.None));
        return plan;
    }

    /// <summary>Runs the trial on a fresh worker; returns the epochs that were trained.</summary>
    private static async Task<(TrialOutcome Outcome, int[] Epochs)> FinishAsync(IArtifactStore store, SweepPlan plan)
    {
        var time = new ManualTimeProvider();
        var clock = new Clock(time);
        var rig = new SweepRig(store, observer: clock, time: time, checkpoints: Always);
        var outcomes = await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0])).WaitAsync(Patience);
        return (Assert.Single(outcomes), [.. clock.Epochs]);
    }

    /// <summary>The trial's model and curves are those of a run without interruption, and nothing else is left.</summary>
    private static async Task AssertWholeAsync(InMemoryArtifactStore store)
    {
        var whole = await SweepRig.StoreAsync();
        var rig = new SweepRig(whole);
        var plan = await rig.PlanAsync(Request);
        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0]));
        // Progress that could not be removed is read by nobody.
        Assert.Equal(["history.json", "model.onnx", "trial.json"], Files(store).Except([SweepFiles.Progress, SweepFiles.LastCheckpoint]));
        foreach (var file in (string[])["history.json", "model.onnx"])
        {
            var name = $"trials/{plan.Trials[0].Id}/{file}";
            Assert.Equal(whole.Snapshot()[name], store.Snapshot()[name]);
        }
    }

    private static IEnumerable<string> Files(InMemoryArtifactStore store) => store.Snapshot().Keys
        .Where(name => name.StartsWith("trials/", StringComparison.Ordinal)).Select(name => name.Split('/')[^1]).Order();

    /// <summary>Lets time pass with each epoch.</summary>
    private sealed class Clock(ManualTimeProvider time, Action<int>? onEpoch = null, int seconds = 31) : ITrialObserver
    {
        public ConcurrentQueue<int> Epochs { get; } = [];

        public void OnEpoch(Trial trial, int epoch, EpochMetrics metrics)
        {
            Epochs.Enqueue(epoch);
            time.Advance(TimeSpan.FromSeconds(seconds));
            onEpoch?.Invoke(epoch);
        }

        public void OnFinished(Trial trial, TrialRecord record, bool reused)
        {
        }
    }
}
