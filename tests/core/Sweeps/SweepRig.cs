using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Data;
using MusicPipeline.Hosting;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Trials;
using MusicPipeline.Uploads;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Everything that runs sweeps, on a store of the test's own: one worker, as after a fresh start.</summary>
internal sealed class SweepRig
{
    public SweepRig(
        IArtifactStore store,
        ITrainingDevice? device = null,
        ITrialObserver? observer = null,
        int parallel = 2,
        ManualTimeProvider? time = null,
        int partSize = 300,
        CheckpointRule? checkpoints = null)
    {
        Store = store;
        Time = time ?? new ManualTimeProvider();
        Datasets = new DatasetStore(store);
        var cache = new DatasetCache(Datasets);
        var plans = new PlanCache(store);
        var finished = new FinishedTrials();
        var devices = new OneTrainingDevice(device ?? new CpuTrainingDevice());
        DescribeDevice = new DescribeDeviceActivity(store, devices);
        Capacity = new SweepCapacity(parallel, partSize);
        Plan = new PlanSweepActivity(store, plans, Datasets, Capacity, Time);
        Suggest = new SuggestTrialsActivity(store, plans);
        PlanPart = new PlanSweepPartActivity(store, plans, Datasets, Capacity);
        var data = new TrialData(cache);
        TrainBaseline = new TrainBaselineActivity(store, plans, data, NullLogger<TrainBaselineActivity>.Instance);
        Train = new TrainTrialsActivity(
            store,
            plans,
            data,
            finished,
            devices,
            Time,
            observer is null ? [] : [observer],
            NullLogger<TrainTrialsActivity>.Instance,
            checkpoints);
        Aggregate = new AggregateSweepActivity(store, plans, Datasets, cache, finished, Time, NullLogger<AggregateSweepActivity>.Instance);
        Host = new DirectSweepHost(this);
        Service = new SweepService(store, Datasets, Host, Time, NullLogger<SweepService>.Instance);
        Control = new SweepControl(store, Host, Time);
        Catalog = new SweepCatalog(store, Host);
    }

    public IArtifactStore Store { get; }

    public ManualTimeProvider Time { get; }

    public SweepCapacity Capacity { get; }

    public DatasetStore Datasets { get; }

    public DescribeDeviceActivity DescribeDevice { get; }

    public PlanSweepActivity Plan { get; }

    public SuggestTrialsActivity Suggest { get; }

    public PlanSweepPartActivity PlanPart { get; }

    public TrainTrialsActivity Train { get; }

    public TrainBaselineActivity TrainBaseline { get; }

    public AggregateSweepActivity Aggregate { get; }

    public DirectSweepHost Host { get; }

    public SweepService Service { get; }

    public SweepControl Control { get; }

    public SweepCatalog Catalog { get; }

    /// <summary>A store with one small data set, <c>notes</c>.</summary>
    public static async Task<InMemoryArtifactStore> StoreAsync()
    {
        var store = InMemoryArtifactStore.WithContainers();
        await IngestAsync(store, "notes", seed: 1);
        return store;
    }

    public static async Task IngestAsync(IArtifactStore store, string name, int seed)
    {
        await SmallData.UploadAsync(store, name, seed);
        var ingestion = new DatasetIngestion(
            store, new DatasetStore(store), new Rejections(store, TimeProvider.System), NullLogger<DatasetIngestion>.Instance);
        await ingestion.RunAsync($"{name}_train_data.npy");
    }

    /// <summary>Starts a sweep and waits for its end.</summary>
    public async Task<SweepDocument> RunAsync(SweepRequest request, string? key = null, bool runAgain = false)
    {
        var started = await Service.StartAsync(request, key, runAgain);
        await Host.WaitAsync(started.Id);
        return await DocumentAsync(started.Id);
    }

    public async Task<SweepDocument> DocumentAsync(string sweepId) =>
        (await Store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(sweepId, SweepFiles.Sweep)))!;

    /// <summary>Halts a sweep that no host runs: what workers see of it.</summary>
    public async Task HaltAsync(string sweepId, HaltKind kind)
    {
        await Store.UpdateJsonAsync<SweepDocument>(BlobPaths.Sweep(sweepId, SweepFiles.Sweep), document => document with { Halt = kind });
        await Store.WriteJsonAsync(BlobPaths.Sweep(sweepId, SweepFiles.Halt), new { });
    }

    /// <summary>Puts a sweep on record with its plan, without running it.</summary>
    public async Task<SweepPlan> PlanAsync(SweepRequest request)
    {
        var service = new SweepService(Store, Datasets, new SilentSweepHost(), Time, NullLogger<SweepService>.Instance);
        var started = await service.StartAsync(request);
        await Plan.RunAsync(new SweepStart(started.Id, await DescribeDevice.RunAsync(started.Id)));
        return (await Store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(started.Id, SweepFiles.Plan)))!;
    }
}
