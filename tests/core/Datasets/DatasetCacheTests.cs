using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Tests.Sweeps;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

public sealed class DatasetCacheTests
{
    [Fact]
    public async Task Concurrent_Callers_Share_One_Read()
    {
        var opened = 0;
        var memory = await SweepRig.StoreAsync();
        var store = new FaultyArtifactStore(memory, call =>
        {
            if (call.Operation == "OpenRead") Interlocked.Increment(ref opened);
            return StoreFault.None;
        });
        var (cache, version) = (new DatasetCache(new DatasetStore(store)), await VersionAsync(memory));

        var loaded = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => cache.GetAsync("notes", version))));

        Assert.Single(loaded.Distinct(ReferenceEqualityComparer.Instance));
        Assert.Equal(6, opened);
    }

    [Fact]
    public async Task A_Caller_That_Gives_Up_Spoils_Nothing_For_Others()
    {
        var memory = await SweepRig.StoreAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var store = new FaultyArtifactStore(memory, async call =>
        {
            if (call.Operation == "OpenRead") await gate.Task;
            return StoreFault.None;
        });
        var (cache, version) = (new DatasetCache(new DatasetStore(store)), await VersionAsync(memory));
        using var cancellation = new CancellationTokenSource();
        var first = cache.GetAsync("notes", version, cancellation.Token);
        var second = cache.GetAsync("notes", version);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal(90, (await second).Train.Rows);
    }

    [Fact]
    public async Task A_Failed_Read_Is_Not_Kept()
    {
        var memory = await SweepRig.StoreAsync();
        var fault = StoreFault.Before;
        var cache = new DatasetCache(new DatasetStore(new FaultyArtifactStore(memory, _ => fault)));
        var version = await VersionAsync(memory);
        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync("notes", version));

        fault = StoreFault.None;

        Assert.Equal(version, (await cache.GetAsync("notes", version)).Info.Version);
    }

    [Fact]
    public async Task Another_Version_Is_Another_Data_Set()
    {
        var store = await SweepRig.StoreAsync();
        var cache = new DatasetCache(new DatasetStore(store));
        var old = await VersionAsync(store);
        await SweepRig.IngestAsync(store, "notes", seed: 2);
        var current = await VersionAsync(store);

        Assert.Equal(old, (await cache.GetAsync("notes", old)).Info.Version);
        Assert.Equal(current, (await cache.GetAsync("notes", current)).Info.Version);
    }

    [Fact]
    public async Task Data_Sets_In_Use_At_Once_Are_Read_Once_Each_Within_The_Budget()
    {
        var memory = await SweepRig.StoreAsync();
        await SweepRig.IngestAsync(memory, "others", seed: 2);
        var (notes, others) = (await VersionAsync(memory), await VersionAsync(memory, "others"));
        var opened = 0;
        var store = new FaultyArtifactStore(memory, call =>
        {
            if (call.Operation == "OpenRead") Interlocked.Increment(ref opened);
            return StoreFault.None;
        });
        var size = 4L * 6 * (90 + 30);

        Assert.Equal(2 * 6, await AlternateAsync(budget: 2 * size));
        Assert.Equal(6 * 6, await AlternateAsync(budget: (2 * size) - 1));

        async Task<int> AlternateAsync(long budget)
        {
            opened = 0;
            var cache = new DatasetCache(new DatasetStore(store), budget);
            for (var time = 0; time < 3; time++)
            {
                await cache.GetAsync("notes", notes);
                await cache.GetAsync("others", others);
            }

            return opened;
        }
    }

    private static async Task<string> VersionAsync(IArtifactStore store, string name = "notes") =>
        (await new DatasetStore(store).ResolveAsync(name)).Version;
}
