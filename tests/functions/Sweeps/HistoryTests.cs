using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>What Durable keeps of sweeps, and for how long.</summary>
public sealed class HistoryTests
{
    private static readonly SweepRequest Four = new() { LearningRates = [0.1], HiddenUnits = [3, 4, 5, 6], Epochs = 1, BatchSize = 32 };

    [Fact]
    public async Task The_History_Of_A_Deleted_Sweep_Goes_With_It()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2, TrialsPerOrchestration: 2));
        var kept = await rig.RunAsync(Four with { HiddenUnits = [7] });
        var sweep = await rig.RunAsync(Four);
        Assert.Contains($"{sweep.Id}-part-1", await InstancesAsync(rig));

        await rig.Get<SweepControl>().DeleteAsync(sweep.Id);

        Assert.Equal([kept.Id, DurableSweepHost.WatchOf(kept.Id)], await InstancesAsync(rig));
        // It may be asked for again, and finds its trials.
        var again = await rig.RunAsync(Four);
        Assert.Equal((SweepState.Completed, 4, 1), (again.State, again.Counts!.Reused, again.Run));
    }

    [Fact]
    public async Task The_History_Of_Ended_Sweeps_Goes_After_The_Retention()
    {
        using var goOn = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var device = new ScriptedDevice((parameters, _, token) =>
        {
            if (parameters.HiddenUnits != 9) return;
            entered.Set();
            goOn.Wait(TimeSpan.FromMinutes(5), token);
        });
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2), device);
        await rig.RunAsync(Four);
        var running = await rig.Get<SweepService>().StartAsync(Four with { HiddenUnits = [9] });
        Assert.True(entered.Wait(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));
        var time = new ManualTimeProvider();
        time.Advance(DateTimeOffset.UtcNow - time.GetUtcNow());
        var retention = new HistoryRetention(
            Options.Create(new HistoryOptions { RetentionDays = 7 }), time, NullLogger<HistoryRetention>.Instance);

        time.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(0, await retention.PurgeAsync(rig.Client));
        time.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(2, await retention.PurgeAsync(rig.Client));

        Assert.Equal([running.Id, DurableSweepHost.WatchOf(running.Id)], await InstancesAsync(rig));
        goOn.Set();
        Assert.Equal(SweepState.Completed, (await rig.EndAsync(running.Id)).State);
    }

    private static ValueTask<List<string>> InstancesAsync(DurableRig rig) =>
        rig.Client.GetAllInstancesAsync().Select(instance => instance.InstanceId).Order().ToListAsync();
}
