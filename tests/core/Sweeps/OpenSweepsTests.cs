using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>What a start looks at, and how that stays right whoever dies.</summary>
public sealed class OpenSweepsTests
{
    private static readonly SweepRequest Two = new() { LearningRates = [0.01], HiddenUnits = [3, 5], Epochs = 1, BatchSize = 16 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Start_Costs_The_Same_With_5_And_With_500_Sweeps_On_Record(bool again)
    {
        Assert.Equal(await CallsAsync(5, again), await CallsAsync(500, again));
    }

    [Fact]
    public async Task A_Sweep_Is_Open_Until_It_Ends()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var open = Service(store, rig);
        var started = await open.StartAsync(Two with { Priority = -3 });
        Assert.Equal([$"07/{started.Id}"], Open(store));

        await rig.RunAsync(Two with { Priority = -3 });
        Assert.Empty(Open(store));

        await rig.RunAsync(Two, key: "other");
        Assert.Empty(Open(store));
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("pause")]
    [InlineData("delete")]
    public async Task However_It_Ends_It_Is_Not_Open(string how)
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Two);
        Assert.NotEmpty(Open(store));

        if (how == "fail") await new FailSweepActivity(store, rig.Time).RunAsync(new SweepFault(plan.SweepId, 1, "no luck"));
        if (how != "fail")
        {
            await rig.Control.PauseAsync(plan.SweepId);
            await rig.Host.StartAsync(plan.SweepId);
            await rig.Host.WaitAsync(plan.SweepId);
        }

        if (how == "delete") await rig.Control.DeleteAsync(plan.SweepId);
        Assert.Empty(Open(store));
    }

    [Fact]
    public async Task An_Extension_By_Another_Priority_Moves_It()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var (low, other) = (await rig.PlanAsync(Two), await rig.PlanAsync(Two with { HiddenUnits = [4] }));
        var commands = new ReadCommandsActivity(store, rig.Capacity with { Yields = true });
        Assert.False((await commands.RunAsync(other.SweepId, TestContext.Current.CancellationToken)).Yields);

        await new SweepControl(
            store, new SilentSweepHost(), rig.Time).ExtendAsync(low.SweepId, new() { Priority = 7 }, TestContext.Current.CancellationToken);

        Assert.Equal([$"10/{other.SweepId}", $"17/{low.SweepId}"], Open(store));
        Assert.True((await commands.RunAsync(other.SweepId, TestContext.Current.CancellationToken)).Yields);
        await rig.Host.StartAsync(low.SweepId);
        await rig.Host.WaitAsync(low.SweepId);
        Assert.Equal([$"10/{other.SweepId}"], Open(store));
    }

    [Fact]
    public async Task An_Entry_That_Was_Left_Behind_Outranks_Nobody_And_Goes()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var high = await rig.RunAsync(Two with { HiddenUnits = [4], Priority = 5 });
        var low = await rig.PlanAsync(Two);
        await store.WriteAsync(BlobPaths.OpenSweep(15, high.Id), Array.Empty<byte>(), TestContext.Current.CancellationToken);
        await store.WriteAsync(BlobPaths.OpenSweep(16, "grid-gone"), Array.Empty<byte>(), TestContext.Current.CancellationToken);

        var commands = await new ReadCommandsActivity(store, rig.Capacity with { Yields = true })
            .RunAsync(low.SweepId, TestContext.Current.CancellationToken);

        Assert.False(commands.Yields);
        Assert.Equal([$"10/{low.SweepId}"], Open(store));
    }

    [Fact]
    public async Task What_A_Version_Without_Entries_Left_Running_Is_Entered_When_It_Goes_On()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Two);
        await store.DeleteAsync(BlobPaths.OpenSweep(10, plan.SweepId), TestContext.Current.CancellationToken);
        await store.WriteAsync(BlobPaths.OpenSweep(15, "grid-gone"), Array.Empty<byte>(), TestContext.Current.CancellationToken);

        await Service(store, rig).ResumeAsync(TestContext.Current.CancellationToken);

        Assert.Equal([$"10/{plan.SweepId}"], Open(store));
    }

    [Fact]
    public async Task Sweeps_Of_A_Lower_Priority_Are_Found_By_Their_Names()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var low = await rig.PlanAsync(Two with { Priority = -10 });
        var same = await rig.PlanAsync(Two with { HiddenUnits = [4], Priority = 2 });
        var high = await rig.PlanAsync(Two with { HiddenUnits = [6], Priority = 10 });

        Assert.Equal(
            [low.SweepId], await store.FindOutrankedAsync(await rig.DocumentAsync(same.SweepId), TestContext.Current.CancellationToken));
        Assert.Equal(
            [low.SweepId, same.SweepId],
            await store.FindOutrankedAsync(await rig.DocumentAsync(high.SweepId), TestContext.Current.CancellationToken));
    }

    private static SweepService Service(IArtifactStore store, SweepRig rig) =>
        new(store, rig.Datasets, new SilentSweepHost(), rig.Time, NullLogger<SweepService>.Instance);

    private static IEnumerable<string> Open(InMemoryArtifactStore store) =>
        store.Snapshot().Keys
            .Where(path => path.StartsWith("open-sweeps/", StringComparison.Ordinal))
            .Select(path => path["open-sweeps/".Length..]);

    /// <summary>What a start and the steps that follow it up to the first trial ask of storage.</summary>
    private static async Task<string[]> CallsAsync(int onRecord, bool again)
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var ended = await rig.RunAsync(Two);
        for (var number = 0; number < onRecord; number++)
            await store.WriteJsonAsync(
                BlobPaths.Sweep($"grid-{number:0000000000}", SweepFiles.Sweep), ended with { Id = $"grid-{number:0000000000}" });
        var calls = new ConcurrentQueue<string>();
        var counted = new FaultyArtifactStore(store, call =>
        {
            calls.Enqueue(call.Operation);
            return StoreFault.None;
        });
        var fresh = new SweepRig(counted);

        var id = (await Service(counted, fresh).StartAsync(again ? Two : Two with { HiddenUnits = [7] }, runAgain: again)).Id;
        await counted.FindOutrankedAsync(await rig.DocumentAsync(id));
        await fresh.Plan.RunAsync(new SweepStart(id, await fresh.DescribeDevice.RunAsync(id)));
        await new ReadCommandsActivity(counted, fresh.Capacity with { Yields = true }).RunAsync(id);
        return [.. calls];
    }
}
