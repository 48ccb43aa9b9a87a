using System.Net;
using System.Net.Sockets;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MusicPipeline.Collections;
using MusicPipeline.Collections.Orchestration;
using MusicPipeline.Functions.Collections;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Functions.Uploads;
using MusicPipeline.Hosting;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>The orchestrators and activities of the app on Durable's real engine, in memory, over a store in memory.</summary>
internal sealed class DurableRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly DurableTaskTestHost _engine;
    private readonly int _port;
    private readonly SweepCapacity _capacity;
    private ServiceProvider _services;
    private IServiceScope _invocation;
    private IHost? _secondWorker;

    private DurableRig(ServiceProvider services, DurableTaskTestHost engine, int port, InMemoryArtifactStore store, SweepCapacity capacity)
    {
        (_services, _engine, _port, Store, _capacity) = (services, engine, port, store, capacity);
        _invocation = Invoke(services, engine.Client);
    }

    public InMemoryArtifactStore Store { get; }

    public DurableTaskClient Client => _engine.Client;

    /// <summary>Starts the engine, with one small data set in the store.</summary>
    /// <param name="capacity">Trials at once.</param>
    /// <param name="device">What the worker trains on.</param>
    /// <param name="faults">Which of the first worker's calls of the store fail.</param>
    public static async Task<DurableRig> StartAsync(
        SweepCapacity capacity, ITrainingDevice? device = null, Func<StoreCall, StoreFault>? faults = null)
    {
        var store = InMemoryArtifactStore.WithContainers();
        await SmallData.UploadAsync(store, "notes");
        var services = Services(faults is null ? store : new FaultyArtifactStore(store, faults), capacity, device);
        await services.GetRequiredService<DatasetIngestion>().RunAsync("notes_train_data.npy");
        while (true)
        {
            var port = FreePort();
            try
            {
                var options = new DurableTaskTestHostOptions { Port = port };
                var engine = await DurableTaskTestHost.StartAsync(tasks => Register(tasks, services), options);
                return new DurableRig(services, engine, port, store, capacity);
            }
            catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                // Somebody took the port meanwhile.
            }
        }
    }

    public T Get<T>()
        where T : notnull => _invocation.ServiceProvider.GetRequiredService<T>();

    /// <summary>Ends the worker; the engine keeps what it knows until <see cref="StartWorkerAsync"/>.</summary>
    public async Task StopWorkerAsync()
    {
        foreach (var service in _engine.Services.GetServices<IHostedService>()) await service.StopAsync(CancellationToken.None);
    }

    /// <summary>Starts another worker, which knows nothing of what the first one did.</summary>
    /// <param name="device">What it trains on.</param>
    /// <param name="steps">The steps of a sweep where they are not the app's.</param>
    public async Task StartWorkerAsync(ITrainingDevice device, Func<TaskOrchestrationContext, string, Task<SweepState>>? steps = null)
    {
        var services = Services(Store, _capacity, device);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddDurableTaskWorker(worker =>
        {
            worker.UseGrpc($"http://localhost:{_port}");
            worker.AddTasks(tasks => Register(tasks, services, steps));
        });
        _secondWorker = builder.Build();
        await _secondWorker.StartAsync();
        _invocation.Dispose();
        await _services.DisposeAsync();
        (_services, _invocation) = (services, Invoke(services, Client));
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
        await Client.WaitForInstanceCompletionAsync(DurableSweepHost.WatchOf(sweepId), patience.Token);
        return await DocumentAsync(sweepId);
    }

    public async Task<SweepDocument> DocumentAsync(string sweepId) =>
        (await Store.TryReadJsonAsync<SweepDocument>(BlobPaths.Sweep(sweepId, SweepFiles.Sweep)))!;

    public async ValueTask DisposeAsync()
    {
        if (_secondWorker is not null) await _secondWorker.StopAsync();
        _secondWorker?.Dispose();
        await _engine.DisposeAsync();
        _invocation.Dispose();
        await _services.DisposeAsync();
    }

    private static ServiceProvider Services(IArtifactStore store, SweepCapacity capacity, ITrainingDevice? device)
    {
        var services = new ServiceCollection().AddLogging();
        if (device is not null) services.AddSingleton(device);
        services.AddSingleton(store).AddSingleton(capacity);
        services.AddOptions<HistoryOptions>();
        services.AddSingleton<HistoryRetention>().AddScoped<DurableInvocation>().AddScoped<ISweepHost, DurableSweepHost>();
        services.AddSingleton<SweepActivities>().AddSingleton<TrainTrials>();
        services.AddSingleton<SweepTraces>().AddSingleton<IngestionTraces>().AddSingleton<ITrialObserver, TrialTracing>();
        services.AddSingleton<UploadFunctions>();
        services.AddSingleton<CollectActivities>().AddScoped<ICollectHost, DurableCollectHost>();
        return services.AddPipeline().BuildServiceProvider();
    }

    private static IServiceScope Invoke(IServiceProvider services, DurableTaskClient client)
    {
        var invocation = services.CreateScope();
        invocation.ServiceProvider.GetRequiredService<DurableInvocation>().Client = client;
        return invocation;
    }

    // The engine's own choice, a number at random, may be in use.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Register(
        DurableTaskRegistry tasks, IServiceProvider services, Func<TaskOrchestrationContext, string, Task<SweepState>>? steps = null)
    {
        var activities = services.GetRequiredService<SweepActivities>();
        var train = services.GetRequiredService<TrainTrials>();
        tasks.AddOrchestratorFunc<string, SweepState>(OrchestrationNames.Sweep, steps ?? SweepOrchestrators.RunSweep);
        tasks.AddOrchestratorFunc<SweepRun, SweepState>(OrchestrationNames.Watch, SweepOrchestrators.WatchSweep);
        tasks.AddOrchestratorFunc<SweepPart, SweepTally>(OrchestrationNames.Part, SweepOrchestrators.RunSweepPart);
        tasks.AddActivityFunc<string, DeviceCapacity>(ActivityNames.DescribeDevice, (_, id) => train.DescribeAsync(id, default));
        tasks.AddActivityFunc<SweepStart, PlannedSweep>(ActivityNames.Plan, (_, start) => activities.PlanSweep(start, default));
        tasks.AddActivityFunc<SweepRange, PlannedPart>(ActivityNames.PlanPart, (_, range) => activities.PlanSweepPart(range, default));
        tasks.AddActivityFunc<TrialPack, TrialOutcome[]>(ActivityNames.Train, (_, pack) => train.RunAsync(pack, default));
        tasks.AddActivityFunc<BaselineCall, bool>(ActivityNames.TrainBaseline, (_, call) => activities.TrainBaseline(call, default));
        tasks.AddActivityFunc<TrialsWanted, PlannedPart>(ActivityNames.Suggest, (_, wanted) => activities.SuggestTrials(wanted, default));
        tasks.AddActivityFunc<string, SweepCommands>(ActivityNames.ReadCommands, (_, id) => activities.ReadCommands(id, default));
        tasks.AddActivityFunc<SweepEnding, SweepState>(ActivityNames.Aggregate, (_, ending) => activities.AggregateSweep(ending, default));
        var collect = services.GetRequiredService<CollectActivities>();
        tasks.AddOrchestratorFunc<CollectRun, bool>(CollectNames.Orchestration, CollectActivities.CollectDataset);
        tasks.AddActivityFunc<CollectRun, PlannedCollect>(CollectNames.Plan, (_, run) => collect.PlanCollect(run, default));
        tasks.AddActivityFunc<NotesCall, int>(CollectNames.FindNotes, (_, call) => collect.FindNotes(call, default));
        tasks.AddActivityFunc<PlannedCollect, bool>(CollectNames.Build, (_, planned) => collect.BuildCollection(planned, default));
        tasks.AddActivityFunc<CollectFault, bool>(CollectNames.Fail, (_, fault) => collect.FailCollect(fault, default));
        tasks.AddActivityFunc<SweepFault>(ActivityNames.Fail, (_, fault) => activities.FailSweep(fault, default));
    }
}
