using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Hosting;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Orchestration;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Packs;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>The orchestrators and activities of the app on Durable's real engine, in memory, over a store in memory.</summary>
internal sealed class DurableRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ServiceProvider _services;
    private readonly DurableTaskTestHost _engine;

    private DurableRig(ServiceProvider services, DurableTaskTestHost engine, InMemoryArtifactStore store)
    {
        (_services, _engine, Store) = (services, engine, store);
        services.GetRequiredService<DurableClients>().Use(engine.Client);
    }

    public InMemoryArtifactStore Store { get; }

    public DurableTaskClient Client => _engine.Client;

    /// <summary>Starts the engine, with one small data set in the store.</summary>
    public static async Task<DurableRig> StartAsync(SweepCapacity capacity, ITrainingDevice? device = null)
    {
        var store = InMemoryArtifactStore.WithContainers();
        await SmallData.UploadAsync(store, "notes");
        var services = new ServiceCollection().AddLogging();
        if (device is not null) services.AddSingleton(device);
        services.AddSingleton<IArtifactStore>(store).AddSingleton(capacity);
        services.AddSingleton<DurableClients>().AddSingleton<ISweepHost, DurableSweepHost>().AddSingleton<SweepActivities>().AddSingleton<TrainTrials>();
        var provider = services.AddPipeline().BuildServiceProvider();
        await provider.GetRequiredService<DatasetIngestion>().RunAsync("notes_train_data.npy");
        return new DurableRig(provider, await DurableTaskTestHost.StartAsync(tasks => Register(tasks, provider)), store);
    }

    public T Get<T>()
        where T : notnull
    {
        // The client lives in the flow of the caller, as it does in a function.
        _services.GetRequiredService<DurableClients>().Use(Client);
        return _services.GetRequiredService<T>();
    }

    /// <summary>Starts a sweep and waits until its orchestration has ended.</summary>
    public async Task<SweepDocument> RunAsync(SweepRequest request, bool runAgain = false)
    {
        var started = await Get<SweepService>().StartAsync(request, runAgain: runAgain);
        return await EndAsync(started.Id);
    }

    /// <summary>Waits until a sweep's orchestration has ended.</summary>
    public async Task<SweepDocument> EndAsync(string sweepId)
    {
        using var patience = new CancellationTokenSource(Patience);
        await Client.WaitForInstanceCompletionAsync(sweepId, patience.Token);
        return await DocumentAsync(sweepId);
    }

    public async Task<SweepDocument> DocumentAsync(string sweepId) =>
        (await Store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(sweepId, SweepFiles.Sweep)))!;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static void Register(DurableTaskRegistry tasks, IServiceProvider services)
    {
        var activities = services.GetRequiredService<SweepActivities>();
        var train = services.GetRequiredService<TrainTrials>();
        tasks.AddOrchestratorFunc<string, SweepState>(OrchestrationNames.Sweep, SweepOrchestrators.RunSweep);
        tasks.AddOrchestratorFunc<SweepPart, SweepTally>(OrchestrationNames.Part, SweepOrchestrators.RunSweepPart);
        tasks.AddActivityFunc<string, DeviceCapacity>(ActivityNames.DescribeDevice, (_, id) => train.DescribeAsync(id, default));
        tasks.AddActivityFunc<SweepStart, PlannedSweep>(ActivityNames.Plan, (_, start) => activities.PlanSweep(start, default));
        tasks.AddActivityFunc<SweepRange, PlannedPart>(ActivityNames.PlanPart, (_, range) => activities.PlanSweepPart(range, default));
        tasks.AddActivityFunc<TrialPack, TrialOutcome[]>(ActivityNames.Train, (_, pack) => train.RunAsync(pack, default));
        tasks.AddActivityFunc<SweepEnding, SweepState>(ActivityNames.Aggregate, (_, ending) => activities.AggregateSweep(ending, default));
        tasks.AddActivityFunc<SweepFault>(ActivityNames.Fail, (_, fault) => activities.FailSweep(fault, default));
    }
}
