using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>What a sweep does while one of a higher priority runs, where workers know no priorities.</summary>
public sealed partial class SweepOrchestrationTests
{
    [Fact]
    public void A_Sweep_Gives_Way_While_One_Of_A_Higher_Priority_Runs()
    {
        Start(Plan(8, parallel: 3));
        Assert.Equal([0, 1, 2], _context.Training);

        _context.Yield(true);
        _context.Finish(0, TrialState.Completed, 0.5);
        _context.Finish(1, TrialState.Completed, 0.5);
        Assert.Equal([2], _context.Training);
        _context.Finish(2, TrialState.Completed, 0.5);
        Assert.Equal([3], _context.Training);

        // It looks again by itself, once in a while, and goes on giving way as long as it is to.
        _context.PassDelay();
        Assert.Equal([3], _context.Training);
        _context.Yield(false);
        _context.PassDelay();
        Assert.Equal([3, 4, 5], _context.Training);
        Assert.DoesNotContain(_context.Pending, number => _context.Inputs[number] is TimeSpan);
    }

    [Fact]
    public void A_Sweep_That_Gives_Way_From_The_Start_Can_Be_Cancelled()
    {
        Start(Plan(3, parallel: 3) with { Yields = true });
        Assert.Equal([0], _context.Training);

        _context.Cancel();
        _context.Finish(0, TrialState.Completed, 0.5);

        Assert.Equal("cxx", _context.Status.Trials);
    }

    [Theory]
    [InlineData(true, 3, null, true)]
    [InlineData(true, 0, null, false)]
    [InlineData(true, 3, 3, false)]
    [InlineData(false, 3, null, false)]
    public async Task Only_A_Running_Sweep_Of_A_Higher_Priority_Counts(bool yields, int other, int? own, bool expected)
    {
        var token = TestContext.Current.CancellationToken;
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var capacity = rig.Capacity with { Yields = yields };
        var low = await rig.PlanAsync(new() { LearningRates = [0.1], HiddenUnits = [2], Epochs = 1, Priority = own });
        var high = await rig.PlanAsync(new() { LearningRates = [0.1], HiddenUnits = [3], Epochs = 1, Priority = other });

        Assert.Equal(
            new SweepCommands(HaltKind.None, expected) { Run = 1 },
            await new ReadCommandsActivity(rig.Store, capacity).RunAsync(low.SweepId, token));
        Assert.Equal(
            new SweepCommands(HaltKind.None) { Run = 1 },
            await new ReadCommandsActivity(rig.Store, capacity).RunAsync(high.SweepId, token));
        await rig.HaltAsync(high.SweepId, HaltKind.Pause);
        Assert.Equal(
            new SweepCommands(HaltKind.None) { Run = 1 },
            await new ReadCommandsActivity(rig.Store, capacity).RunAsync(low.SweepId, token));
        Assert.Equal(
            new SweepCommands(HaltKind.Cancel),
            await new ReadCommandsActivity(rig.Store, capacity).RunAsync("grid-0000000000", token));
    }
}
