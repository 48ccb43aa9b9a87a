using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Collections;
using MusicPipeline.Collections.Orchestration;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Tests.Audio;
using MusicPipeline.TestSupport;
using MusicPipeline.Uploads;

namespace MusicPipeline.Tests.Collections;

/// <summary>Everything that collects, on a store of the test's own: one worker, as after a fresh start. Pauses take no time.</summary>
internal sealed class CollectRig : ICollectHost, ISweepContext
{
    public const string Name = "strings";
    private const int Rate = 22_050;

    private readonly PlanCollectActivity _plan;
    private readonly FindNotesActivity _findNotes;
    private readonly BuildCollectionActivity _build;
    private readonly FailCollectActivity _fail;
    private readonly ConcurrentDictionary<CollectRun, Task<bool>> _runs = new();

    public CollectRig(IArtifactStore store)
    {
        Store = store;
        Rejections = new Rejections(store, TimeProvider.System);
        Datasets = new DatasetStore(store);
        _plan = new PlanCollectActivity(store);
        _findNotes = new FindNotesActivity(store, Rejections, NullLogger<FindNotesActivity>.Instance);
        _build = new BuildCollectionActivity(store, Datasets, NullLogger<BuildCollectionActivity>.Instance);
        _fail = new FailCollectActivity(store, NullLogger<FailCollectActivity>.Instance);
        Service = new CollectService(store, this);
    }

    public IArtifactStore Store { get; }

    public Rejections Rejections { get; }

    public DatasetStore Datasets { get; }

    public CollectService Service { get; }

    /// <summary>Called before each activity.</summary>
    public Func<string, Task> OnActivity { get; init; } = _ => Task.CompletedTask;

    public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    /// <summary>A recording of tones with pauses between: the same for the same pitch.</summary>
    /// <param name="pitch">Frequency of the first tone, in Hz.</param>
    /// <param name="notes">Tones, each a fifth above the last.</param>
    public static byte[] Wave(double pitch, int notes = 2)
    {
        var samples = new List<short>();
        for (var note = 0; note < notes; note++)
        {
            var frequency = pitch * Math.Pow(1.5, note);
            for (var i = 0; i < Rate / 4; i++)
                samples.Add((short)(12_000 * Math.Sin(2 * Math.PI * frequency * i / Rate) * Math.Min(1, (Rate / 4 - i) / 400.0)));
            samples.AddRange(new short[Rate / 5]);
        }

        var data = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(samples)).ToArray();
        return new WavBuilder().Format(rate: Rate).Chunk("data", data).Build();
    }

    /// <summary>A store with a collection of two labels of so many recordings, each of so many notes.</summary>
    public static async Task<InMemoryArtifactStore> StoreAsync(int recordings = 4, int notes = 2)
    {
        var store = InMemoryArtifactStore.WithContainers();
        for (var i = 0; i < recordings; i++)
        {
            await UploadAsync(store, $"cello/{i}.wav", Wave(110 + i, notes));
            await UploadAsync(store, $"violin/{i}.wav", Wave(660 + (7 * i), notes));
        }

        return store;
    }

    public static Task UploadAsync(IArtifactStore store, string file, byte[] content) =>
        store.WriteAsync(BlobPaths.Recording(Name, file), content);

    /// <summary>Collects to the end, and shows the collection.</summary>
    public async Task<CollectionView> CollectAsync(string? recipe = null, int? copies = null)
    {
        await WaitAsync(await Service.StartAsync(Name, recipe, copies));
        return await Service.GetAsync(Name);
    }

    public Task<bool> WaitAsync(CollectRun run) => _runs[run];

    /// <summary>The data set's present version.</summary>
    public async Task<Dataset> LoadAsync() =>
        await Datasets.LoadAsync(Name, (await Datasets.FindCurrentAsync(Name))!.Version);

    public Task<bool> TryStartAsync(CollectRun run, CancellationToken cancellationToken = default)
    {
        _ = _runs.GetOrAdd(run, asked => Task.Run(() => CollectOrchestration.RunAsync(this, asked, RetryRule.Default)));
        return Task.FromResult(true);
    }

    public async Task<TResult> CallActivityAsync<TResult>(string activity, object input)
    {
        try
        {
            await OnActivity(activity);
            return (TResult)(activity switch
            {
                CollectNames.Plan => await _plan.RunAsync((CollectRun)input),
                CollectNames.FindNotes => await _findNotes.RunAsync((NotesCall)input),
                CollectNames.Build => await _build.RunAsync((PlannedCollect)input),
                _ => (object)await _fail.RunAsync((CollectFault)input),
            });
        }
        catch (Exception exception)
        {
            throw new ActivityFailedException(exception.Message, exception is InputException, exception);
        }
    }

    public Task DelayAsync(TimeSpan delay) => Task.CompletedTask;

    public Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input) =>
        throw new NotSupportedException();

    public void SendEvent(string child, string name) => throw new NotSupportedException();

    public Task WaitForEventAsync(string name) => throw new NotSupportedException();

    public void SetStatus(SweepStatus status) => throw new NotSupportedException();
}
