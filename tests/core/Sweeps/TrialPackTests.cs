using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Trials that a device trains side by side.</summary>
public sealed class TrialPackTests
{
    private static readonly SweepRequest Twelve = new()
    {
        LearningRates = [0.01, 0.02], HiddenUnits = [2, 3, 4, 5, 6, 7], Epochs = 2, BatchSize = 16,
    };

    [Fact]
    public async Task A_Sweep_Is_Trained_In_Packs_As_Full_As_The_Device_Takes_Them()
    {
        var (store, alone) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var device = new PackDevice();

        var sweep = await new SweepRig(store, device, parallel: 1).RunAsync(Twelve);
        await new SweepRig(alone).RunAsync(Twelve);

        Assert.Equal((SweepState.Completed, 12), (sweep.State, sweep.Counts!.Completed));
        Assert.Equal([[7, 7, 6, 6, 5, 5, 4, 4], [3, 3, 2, 2]], device.Packs);
        Assert.Equal(Results(alone), Results(store));
    }

    [Fact]
    public async Task A_Pack_That_Dies_Half_Way_Is_Repeated_For_Its_Missing_Trials()
    {
        var store = await SweepRig.StoreAsync();
        var died = false;
        var device = new PackDevice(after: ended =>
        {
            if (ended != 3 || died) return;
            died = true;
            throw new IOException("the device fell off the bus");
        });

        var sweep = await new SweepRig(store, device, parallel: 1).RunAsync(Twelve with { LearningRates = [0.01] });

        Assert.Equal((SweepState.Completed, 6, 0), (sweep.State, sweep.Counts!.Completed, sweep.Counts.Failed));
        Assert.Equal([[7, 6, 5, 4, 3, 2], [4, 3, 2]], device.Packs);
    }

    [Fact]
    public async Task A_Trial_That_Spoils_Its_Pack_Fails_Alone()
    {
        var store = await SweepRig.StoreAsync();
        var spoiling = new SpoiledDevice(units: 4);

        var sweep = await new SweepRig(store, spoiling, parallel: 1).RunAsync(Twelve with { LearningRates = [0.01] });

        Assert.Equal((SweepState.Completed, 5, 1), (sweep.State, sweep.Counts!.Completed, sweep.Counts.Failed));
        Assert.Equal("4 units do not fit; take fewer.", Assert.Single(sweep.Failures!).Reason);
    }

    [Fact]
    public async Task Results_Are_On_Record_While_The_Rest_Of_The_Pack_Is_Trained()
    {
        var store = await SweepRig.StoreAsync();
        var recorded = new TaskCompletionSource();
        var device = new PackDevice(after: ended =>
        {
            if (ended == 1) recorded.Task.Wait(TimeSpan.FromMinutes(5));
        });
        var rig = new SweepRig(store, device);
        var plan = await rig.PlanAsync(Twelve);
        var training = Task.Run(() => rig.Train.RunAsync(new TrialPack(plan.SweepId, [0, 1])));

        var record = BlobPaths.Trial(plan.Trials[0].Id, SweepFiles.Trial);
        while (await store.FindAsync(record) is null) await Task.Delay(1);
        Assert.Null(await store.FindAsync(BlobPaths.Trial(plan.Trials[1].Id, SweepFiles.Trial)));
        recorded.SetResult();

        Assert.Equal([0, 1], (await training).Select(outcome => outcome.Index));
    }

    [Fact]
    public async Task A_Cancel_Ends_Those_That_Run_And_Keeps_Those_That_Have_Ended()
    {
        var store = await SweepRig.StoreAsync();
        using var gate = new SemaphoreSlim(0);
        var device = new PackDevice(after: ended =>
        {
            if (ended == 1) gate.Release();
        });
        var rig = new SweepRig(store, device);
        var plan = await rig.PlanAsync(Twelve with { HiddenUnits = [2, 1024], LearningRates = [0.01], Epochs = 10_000 });
        var training = Task.Run(() => rig.Train.RunAsync(new TrialPack(plan.SweepId, [0, 1])));
        await gate.WaitAsync(TimeSpan.FromMinutes(5));

        await rig.HaltAsync(plan.SweepId, HaltKind.Cancel);
        while (!training.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.Equal([TrialState.Completed, TrialState.Cancelled], (await training).Select(outcome => outcome.State));
    }

    [Fact]
    public void Packs_Hold_Trials_Of_One_Batch_Size_Within_The_Memory()
    {
        var trials = new[] { (64, 16), (64, 64), (32, 16), (32, 64), (16, 16), (8, 16) }
            .Select(shape => new Trial("t", "notes", "v", new HyperParameters(0.1, shape.Item1, 3, shape.Item2), ValidationRule.TestSet))
            .ToArray();
        var data = new MusicPipeline.Data.DatasetInfo("notes", "v", 120, [1, 2, 3], new(1000, []), new(500, []), []);
        var memory = new PackMemory(1000, 500, 120, 3);
        int[] order = [0, 1, 2, 3, 4, 5];
        var capacity = memory.DataSetBytes + memory.TrialBytes(trials[0].Parameters) + memory.TrialBytes(trials[2].Parameters);

        Assert.Equal([[0, 2, 4, 5], [1, 3]], TrialPacks.Form(trials, order, new DeviceCapacity("cuda", 8, 1L << 40), data));
        Assert.Equal([[0, 2], [4, 5], [1], [3]], TrialPacks.Form(trials, order, new DeviceCapacity("cuda", 8, capacity), data));
        Assert.Equal([[0, 2, 4], [5], [1, 3]], TrialPacks.Form(trials, order, new DeviceCapacity("cuda", 3, 1L << 40), data));
        Assert.Equal(order.Select(index => (int[])[index]), TrialPacks.Form(trials, order, DeviceCapacity.OneTrial("cpu"), data));
        // Those that go on from one another count as one.
        var longer = trials.Append(trials[2] with { Id = "u", Parameters = trials[2].Parameters with { Epochs = 9 } }).ToArray();
        Assert.Equal(
            [[2, 6, 0, 4], [5], [1, 3]], TrialPacks.Form(longer, [6, .. order], new DeviceCapacity("cuda", 3, 1L << 40), data));
        // What does not fit alone is left to the device to refuse.
        Assert.Equal(6, TrialPacks.Form(trials, order, new DeviceCapacity("cuda", 8, 0), data).Count);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(8, 296)]
    [InlineData(200, 200)]
    [InlineData(5000, 256)]
    public void Parts_Are_Made_Of_Whole_Packs(int most, int size) =>
        Assert.Equal(size, TrialPacks.PartSize(300, new DeviceCapacity("cuda", most, 1)));

    private static IEnumerable<string> Results(InMemoryArtifactStore store) =>
        store.Snapshot().Where(blob => blob.Key.EndsWith("/model.onnx", StringComparison.Ordinal)
            || blob.Key.EndsWith("/history.json", StringComparison.Ordinal))
            .Select(blob => $"{blob.Key} {Convert.ToHexString(blob.Value)}");

    private sealed class SpoiledDevice(int units) : ITrainingDevice
    {
        private readonly PackDevice _packs = new();

        public string Name => _packs.Name;

        public DeviceCapacity Capacity => _packs.Capacity;

        public TrainingResult Train(
            MusicPipeline.Data.TrainingSplit split,
            HyperParameters parameters,
            Action<int, EpochMetrics>? onEpoch = null,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public void TrainPack(
            MusicPipeline.Data.TrainingSplit split,
            IReadOnlyList<PackMember> members,
            Action<int, TrainingResult> onFinished,
            CancellationToken cancellationToken = default)
        {
            if (members.Any(member => member.Parameters.HiddenUnits == units))
                throw new InputException($"{units} units do not fit", "take fewer");
            _packs.TrainPack(split, members, onFinished, cancellationToken);
        }
    }
}
