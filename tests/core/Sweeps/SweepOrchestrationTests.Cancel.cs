using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>What a cancel does, whenever it comes.</summary>
public sealed partial class SweepOrchestrationTests
{
    [Fact]
    public void A_Sweep_Cancelled_Before_Its_Start_Trains_Nothing()
    {
        Start(Plan(3, parallel: 2) with { Halt = HaltKind.Cancel });

        Assert.Equal("xxx", _context.Status.Trials);
        Assert.Equal(["PlanSweep", "AggregateSweep"], _context.Asked.Select(what => what.Split(' ')[0]));
        Assert.Equal(HaltKind.Cancel, _context.Ending.Halt);
        Assert.Equal([0, 1, 2], _context.Ending.Tally.Failures().Select(failure => failure.Index));
    }

    [Fact]
    public void A_Cancel_Lets_Running_Trials_End_And_Starts_No_More()
    {
        Start(Plan(5, parallel: 2));
        _context.Finish(0, TrialState.Completed, 0.5);

        _context.Cancel();
        Assert.Equal("crrww", _context.Status.Trials);
        _context.Finish(1, TrialState.Cancelled, reason: "the sweep was cancelled");
        Assert.Equal([2], _context.Training);
        _context.Finish(2, TrialState.Completed, 0.75);

        Assert.Equal("cxcxx", _context.Status.Trials);
        Assert.Equal(HaltKind.Cancel, _context.Ending.Halt);
        Assert.Equal(2, _context.Status.BestIndex);
    }

    [Fact]
    public void A_Cancel_Ends_The_Wait_For_Another_Try()
    {
        Start(Plan(2, parallel: 1));
        _context.Fail(0, "storage is busy");

        _context.Cancel();

        Assert.Equal("xx", _context.Status.Trials);
        Assert.Single(_context.Inputs.OfType<TrialPack>());
        Assert.Equal(new TrialOutcome(0, TrialState.Cancelled, Reason: "storage is busy"), _context.Ending.Tally.Failures().First());
    }

    [Fact]
    public void A_Fault_After_A_Cancel_Is_Not_Tried_Again()
    {
        Start(Plan(1, parallel: 1));
        _context.Cancel();

        _context.Fail(0, "storage is busy");

        Assert.Equal("x", _context.Status.Trials);
        Assert.Equal(HaltKind.Cancel, _context.Ending.Halt);
    }

    [Fact]
    public void A_Trial_That_Saw_The_Flag_Stops_The_Sweep_Where_The_Event_Was_Lost()
    {
        Start(Plan(4, parallel: 2));

        _context.Finish(1, TrialState.Cancelled, reason: "the sweep was cancelled");
        Assert.Equal("rxww", _context.Status.Trials);
        _context.Finish(0, TrialState.Completed, 1);

        Assert.Equal("cxxx", _context.Status.Trials);
        Assert.Equal(HaltKind.Cancel, _context.Ending.Halt);
    }

    [Fact]
    public void A_Cancel_After_The_Last_Trial_Changes_No_Result()
    {
        Start(Plan(1, parallel: 1));
        _context.Finish(0, TrialState.Completed, 1);
        var ending = _context.Ending;

        _context.Cancel();

        Assert.Same(ending, _context.Ending);
        Assert.Equal("c", _context.Status.Trials);
    }
}
