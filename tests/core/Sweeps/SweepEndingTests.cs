using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Activities are delivered at least once, also when their run is long over.</summary>
public sealed class SweepEndingTests
{
    private static readonly SweepRequest Two = new() { LearningRates = [0.01], HiddenUnits = [3, 5], Epochs = 1, BatchSize = 16 };

    [Fact]
    public async Task A_Late_Ending_Does_Not_End_A_New_Run()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var first = await rig.RunAsync(Two);
        var reports = Reports();
        var service = new SweepService(store, rig.Datasets, new SilentSweepHost(), rig.Time, NullLogger<SweepService>.Instance);
        await service.StartAsync(Two, runAgain: true);
        var plan = await rig.Plan.RunAsync(new SweepStart(first.Id, DeviceCapacity.OneTrial("cpu")));
        var tally = new SweepTally("cf", 0, 0.5, rig.Time.GetUtcNow(), rig.Time.GetUtcNow(), 0, 0, ["too late"], "A");

        Assert.Equal(SweepState.Running, await rig.Aggregate.RunAsync(new SweepEnding(first.Id, HaltKind.Cancel, tally, first.Run)));

        Assert.Equal(SweepState.Running, (await rig.DocumentAsync(first.Id)).State);
        Assert.Equal(reports, Reports());
        Assert.Equal((1, 2), (first.Run, plan.Run));
        var own = new SweepEnding(first.Id, HaltKind.None, tally with { Trials = "CC", Reasons = [], ReasonLetters = "" }, plan.Run);
        Assert.Equal(SweepState.Completed, await rig.Aggregate.RunAsync(own));
        Assert.Equal(2, (await rig.DocumentAsync(first.Id)).Counts!.Reused);

        Dictionary<string, string> Reports() => store.Snapshot().Where(blob => blob.Key.Contains("/report.", StringComparison.Ordinal))
            .ToDictionary(blob => blob.Key, blob => Convert.ToHexString(blob.Value));
    }

    [Fact]
    public async Task A_Late_Fault_Does_Not_Change_How_A_Sweep_Ended()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var ended = await rig.RunAsync(Two);

        await new FailSweepActivity(rig.Store, rig.Time).RunAsync(new SweepFault(ended.Id, ended.Run, "too late"));

        Assert.Equal(SweepState.Completed, (await rig.DocumentAsync(ended.Id)).State);
    }

    [Fact]
    public async Task A_Late_Fault_Does_Not_End_A_New_Run()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var plan = await rig.PlanAsync(Two);
        var fail = new FailSweepActivity(rig.Store, rig.Time);
        await fail.RunAsync(new SweepFault(plan.SweepId, 1, "no plan"));
        var service = new SweepService(rig.Store, rig.Datasets, new SilentSweepHost(), rig.Time, NullLogger<SweepService>.Instance);
        await service.StartAsync(Two);

        // The same message, delivered once more.
        await fail.RunAsync(new SweepFault(plan.SweepId, 1, "no plan"));

        Assert.Equal(
            (SweepState.Waiting, 2, null), (await rig.DocumentAsync(plan.SweepId) is var now ? now.State : default, now.Run, now.Error));
    }

    [Fact]
    public async Task A_Fault_Ends_A_Run()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var plan = await rig.PlanAsync(Two);

        await new FailSweepActivity(rig.Store, rig.Time).RunAsync(new SweepFault(plan.SweepId, 1, "no plan"));

        var failed = await rig.DocumentAsync(plan.SweepId);
        Assert.Equal((SweepState.Failed, "no plan"), (failed.State, failed.Error));
    }
}
