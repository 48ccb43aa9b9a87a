using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using MusicPipeline.Json;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Trials that differ in epochs alone are one training, and none of them shows it.</summary>
public sealed class TrialChainTests
{
    private static readonly CheckpointRule Always = CheckpointRule.Default with { LeastWork = 0 };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Two points of three lengths each.</summary>
    private static readonly SweepRequest Six = new()
    {
        Space = new()
        {
            [HyperParameter.HiddenUnits] = ParameterRange.Of([3, 4]),
            [HyperParameter.Epochs] = ParameterRange.Of([6, 2, 4]),
        },
        LearningRates = [0.01],
        BatchSize = 16,
    };

    [Fact]
    public async Task The_Lab_Trains_420_Epochs_To_The_Results_Of_450()
    {
        var (store, alone) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var device = new GateDevice((_, _) => { });
        var lab = new SweepRequest { Preset = Presets.Lab };

        var sweep = await new SweepRig(store, device).RunAsync(lab);

        Assert.Equal((SweepState.Completed, 14), (sweep.State, sweep.Counts!.Completed));
        Assert.Equal(420, device.Trained.Length);
        Assert.Equal(await AloneAsync(alone, lab), Trials(store));
    }

    [Fact]
    public async Task Side_By_Side_The_Lab_Trains_As_Few_Epochs_In_One_Pack()
    {
        var (store, alone) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var observer = new Observer();
        var device = new PackDevice(capacity: 64);
        var lab = new SweepRequest { Preset = Presets.Lab };

        var sweep = await new SweepRig(store, device, observer: observer).RunAsync(lab);

        Assert.Equal((SweepState.Completed, 14), (sweep.State, sweep.Counts!.Completed));
        Assert.Equal(14, Assert.Single(device.Packs).Length);
        Assert.Equal(420, observer.Epochs.Count);
        Assert.Equal(await AloneAsync(alone, lab, device), Trials(store));
    }

    [Fact]
    public async Task Every_Option_Ends_In_The_Bits_Of_A_Trial_By_Itself()
    {
        var (store, alone) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var device = new GateDevice((_, _) => { });
        var request = Six with
        {
            Space = new(Six.Space!.Ranges())
            {
                [HyperParameter.Layers] = ParameterRange.Of([1, 2]),
                [HyperParameter.Dropout] = ParameterRange.Of([0.3]),
                [HyperParameter.Optimizer] = ParameterRange.Of(Optimizer.Adam, Optimizer.Sgd),
            },
            RestoreBest = true,
        };

        await new SweepRig(store, device, checkpoints: Always).RunAsync(request);

        Assert.Equal(2 * 2 * 2 * 6, device.Trained.Length);
        Assert.Equal(await AloneAsync(alone, request), Trials(store));
    }

    [Fact]
    public async Task What_Depends_On_The_Number_Of_Epochs_Is_Trained_For_Each()
    {
        var device = new GateDevice((_, _) => { });
        var schedule = Six with
        {
            Space = new(Six.Space!.Ranges()) { [HyperParameter.Schedule] = ParameterRange.Of(LearningRateSchedule.Cosine) },
        };

        await new SweepRig(await SweepRig.StoreAsync(), device).RunAsync(schedule);
        Assert.Equal(2 * (2 + 4 + 6), device.Trained.Length);

        await new SweepRig(await SweepRig.StoreAsync(), device).RunAsync(Six with { Pruner = new MedianPruner() });
        Assert.Equal(4 * (2 + 4 + 6), device.Trained.Length);
    }

    [Theory]
    [InlineData(StoreFault.Before)]
    [InlineData(StoreFault.After)]
    public async Task A_Crash_At_Any_Call_Of_Storage_Leads_To_The_Same_Results(StoreFault fault)
    {
        var expected = await AloneAsync(await SweepRig.StoreAsync(), Six);
        for (var number = 1; number <= 30; number++)
        {
            var memory = await SweepRig.StoreAsync();
            var plan = await new SweepRig(memory).PlanAsync(Six);
            var crashing = new FaultyArtifactStore(memory, call => call.Number == number ? fault : StoreFault.None);
            var pack = Packs(plan)[0];
            try
            {
                await RigWithClock(crashing).Train.RunAsync(new TrialPack(plan.SweepId, pack));
            }
            catch (IOException)
            {
                // The worker is gone; the next one takes the pack up.
            }

            var outcomes = await RigWithClock(memory).Train.RunAsync(new TrialPack(plan.SweepId, pack));

            Assert.All(outcomes, outcome => Assert.Equal(TrialState.Completed, outcome.State));
            Assert.Equal(
                expected.Where(file => pack.Any(index => file.Contains(plan.Trials[index].Id, StringComparison.Ordinal))),
                Trials(memory));
        }
    }

    [Fact]
    public async Task What_Is_Told_Of_A_Fault_Writes_No_Checkpoint_Any_More()
    {
        var memory = await SweepRig.StoreAsync();
        var plan = await new SweepRig(memory).PlanAsync(Six);
        var recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (writes, writing) = (0, false);
        var store = new FaultyArtifactStore(memory, async call =>
        {
            if (call.Operation == "TryCreate" && recorded.TrySetResult()) return StoreFault.After;
            var isCheckpoint = call.Operation == "Write" && call.Path.Name.EndsWith(SweepFiles.Checkpoint, StringComparison.Ordinal);
            if (!isCheckpoint || Interlocked.Increment(ref writes) > 1) return StoreFault.None;
            // The shortest trial's, under way when its record fails, and for a while after.
            Volatile.Write(ref writing, true);
            await recorded.Task.WaitAsync(Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(300));
            Volatile.Write(ref writing, false);
            return StoreFault.None;
        });

        await Assert.ThrowsAsync<IOException>(() => RigWithClock(store).Train.RunAsync(new TrialPack(plan.SweepId, Packs(plan)[0])));

        Assert.InRange(writes, 1, int.MaxValue);
        Assert.False(Volatile.Read(ref writing));
    }

    [Fact]
    public async Task A_Retry_Goes_On_From_What_Is_On_Record()
    {
        var store = await SweepRig.StoreAsync();
        var plan = await new SweepRig(store).PlanAsync(Six);
        var pack = new TrialPack(plan.SweepId, Packs(plan)[0]);
        var dies = new GateDevice((parameters, epoch) =>
        {
            if (parameters.Epochs == 6 && epoch == 6) throw new IOException("the power failed");
        });
        await Assert.ThrowsAsync<IOException>(() => new SweepRig(store, dies, checkpoints: Always).Train.RunAsync(pack));
        var device = new GateDevice((_, _) => { });

        var outcomes = await new SweepRig(store, device, checkpoints: Always).Train.RunAsync(pack);

        Assert.Equal([true, true, false], outcomes.Select(outcome => outcome.Reused));
        Assert.Equal([5, 6], device.Trained.Select(one => one.Epoch));
    }

    [Theory]
    [InlineData(HaltKind.Pause, TrialState.Preempted)]
    [InlineData(HaltKind.Cancel, TrialState.Cancelled)]
    public async Task A_Halt_Leaves_The_Longer_Ones_For_The_Next_Start(HaltKind kind, TrialState state)
    {
        var store = await SweepRig.StoreAsync();
        var request = Six with
        {
            Space = new(Six.Space!.Ranges()) { [HyperParameter.Epochs] = ParameterRange.Of([2, 5000, 10_000]) },
        };
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var device = new GateDevice((parameters, epoch) =>
        {
            if (parameters.Epochs != 5000 || epoch < 3) return;
            reached.TrySetResult();
            Thread.Sleep(10);
        });
        var rig = new SweepRig(store, device, checkpoints: Always);
        var plan = await rig.PlanAsync(request);
        var training = Task.Run(() => rig.Train.RunAsync(new TrialPack(plan.SweepId, Packs(plan)[0])));
        await reached.Task.WaitAsync(Patience);

        await rig.HaltAsync(plan.SweepId, kind);
        while (!training.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.Equal([TrialState.Completed, state, state], (await training).Select(outcome => outcome.State));
        var longest = plan.Trials[Packs(plan)[0][2]].Id;
        Assert.DoesNotContain(store.Snapshot().Keys, name => name.Contains(longest, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_Shows_All_Of_Its_Epochs()
    {
        var store = await SweepRig.StoreAsync();
        var observer = new Observer();
        var plan = await new SweepRig(store).PlanAsync(Six);

        await new SweepRig(store, observer: observer).Train.RunAsync(new TrialPack(plan.SweepId, Packs(plan)[0]));

        // Their records are written side by side, while the longer ones are trained.
        Assert.Equal([(2, 2), (4, 4), (6, 6)], observer.Finished.Order());
        Assert.Equal([(2, 1), (2, 2), (4, 3), (4, 4), (6, 5), (6, 6)], observer.Epochs);
    }

    [Fact]
    public async Task A_Part_Of_A_Large_Sweep_Keeps_Them_Together()
    {
        var (store, device) = (await SweepRig.StoreAsync(), new GateDevice((_, _) => { }));

        var sweep = await new SweepRig(store, device, partSize: 3).RunAsync(Six);

        Assert.Equal((SweepState.Completed, 6), (sweep.State, sweep.Counts!.Completed));
        Assert.Equal(2 * 6, device.Trained.Length);
    }

    private static SweepRig RigWithClock(IArtifactStore store)
    {
        var time = new ManualTimeProvider();
        return new SweepRig(store, observer: new Observer { Time = time }, time: time, checkpoints: Always);
    }

    private static int[][] Packs(SweepPlan plan) => [.. TrialPacks.Order(plan).Chunk(3)];

    /// <summary>The files of every trial of a sweep, each trained by itself.</summary>
    private static async Task<IEnumerable<string>> AloneAsync(
        InMemoryArtifactStore store, SweepRequest request, ITrainingDevice? device = null)
    {
        var rig = new SweepRig(store, device);
        var plan = await rig.PlanAsync(request);
        for (var index = 0; index < plan.Trials.Count; index++) await rig.Train.RunAsync(new TrialPack(plan.SweepId, [index]));
        return Trials(store);
    }

    // Ends that are kept are for trials to come; progress that could not be removed is read by nobody.
    private static IEnumerable<string> Trials(InMemoryArtifactStore store) => store.Snapshot()
        .Where(blob => blob.Key.StartsWith("trials/", StringComparison.Ordinal)
            && Path.GetFileName(blob.Key) is not (SweepFiles.LastCheckpoint or SweepFiles.Progress))
        .Select(blob => $"{blob.Key} {Convert.ToHexString(SHA256.HashData(Content(blob.Key, blob.Value)))}")
        .Order(StringComparer.Ordinal);

    // Seconds are those of the clock, which some tests move.
    private static byte[] Content(string path, byte[] content) => Path.GetFileName(path) == SweepFiles.Trial
        ? JsonSerializer.SerializeToUtf8Bytes(
            JsonSerializer.Deserialize<TrialRecord>(content, PipelineJson.Options)! with { Seconds = 0 }, PipelineJson.Options)
        : content;

    private sealed class Observer : ITrialObserver
    {
        public ManualTimeProvider? Time { get; init; }

        public ConcurrentQueue<(int Of, int Epoch)> Epochs { get; } = [];

        public ConcurrentQueue<(int Of, int Epochs)> Finished { get; } = [];

        public void OnEpoch(Trial trial, int epoch, EpochMetrics metrics)
        {
            Epochs.Enqueue((trial.Parameters.Epochs, epoch));
            Time?.Advance(TimeSpan.FromSeconds(31));
        }

        public void OnFinished(Trial trial, TrialRecord record, bool reused) =>
            Finished.Enqueue((trial.Parameters.Epochs, record.Epochs));
    }
}
