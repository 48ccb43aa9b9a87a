using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Baselines beside the trials.</summary>
public sealed partial class SweepOrchestrationTests
{
    [Fact]
    public void Baselines_Run_Beside_The_Trials_Half_As_Many_At_Once()
    {
        Start(Plan(5, parallel: 4) with { Baselines = 3, Run = 4, Priority = 5 });

        Assert.Equal(
            ["PlanSweep", .. Enumerable.Repeat("TrainTrials", 4), "TrainBaseline", "TrainBaseline"],
            _context.Asked.Select(what => what.Split(' ')[0]));
        Assert.Equal([0, 1], Training());
        Assert.Equal([new BaselineCall("s", 0, 4, 5), new BaselineCall("s", 1, 4, 5)], Calls());
        EndBaseline(1);
        Assert.Equal([0, 2], Training());
        foreach (var trial in (int[])[0, 1, 2, 3, 4]) _context.Finish(trial, TrialState.Completed, 0.5);
        Assert.DoesNotContain(_context.Inputs, input => input is SweepEnding);
        Assert.Equal("ccccc", _context.Status.Trials);
        Assert.False(_context.Status.IsEnding);
        EndBaseline(0);
        EndBaseline(2);

        Assert.Null(_context.Ending.BaselineFaults);
        Assert.Equal(HaltKind.None, _context.Ending.Halt);

        int[] Training() =>
            [.. _context.Pending.Select(number => _context.Inputs[number]).OfType<BaselineCall>().Select(call => call.Index)];
        BaselineCall[] Calls() => [.. _context.Inputs.OfType<BaselineCall>()];
    }

    [Fact]
    public void A_Sweep_Without_Baselines_Asks_For_None()
    {
        Start(Plan(1, parallel: 1));
        _context.Finish(0, TrialState.Completed, 0.5);

        Assert.Equal(["PlanSweep", "TrainTrials", "AggregateSweep"], _context.Asked.Select(what => what.Split(' ')[0]));
    }

    [Fact]
    public void A_Baseline_That_Fails_Is_Tried_Again_And_Never_Fails_The_Sweep()
    {
        Start(Plan(1, parallel: 1) with { Baselines = 2 });
        _context.Finish(0, TrialState.Completed, 0.5);

        EndBaseline(0, new ActivityFailedException("storage is busy", isPermanent: false));
        _context.PassDelay();
        EndBaseline(0);
        EndBaseline(1, new ActivityFailedException(new string('x', 500), isPermanent: true));

        Assert.Equal([new BaselineFault(1, new string('x', 150) + "...")], _context.Ending.BaselineFaults!);
        Assert.Equal("c", _context.Status.Trials);
    }

    [Theory]
    [InlineData(HaltKind.Cancel)]
    [InlineData(HaltKind.Pause)]
    public void A_Cancel_Or_A_Pause_Leaves_Them_Behind(HaltKind kind)
    {
        Start(Plan(1, parallel: 1) with { Baselines = 2 });
        _context.Finish(0, TrialState.Completed, 0.5);
        Assert.DoesNotContain(_context.Inputs, input => input is SweepEnding);

        _context.Ask(kind);

        Assert.Equal(kind, _context.Ending.Halt);
        Assert.Null(_context.Ending.BaselineFaults);
        // What comes later moves nothing any more.
        EndBaseline(0, new ActivityFailedException("too late", isPermanent: false));
        Assert.Single(_context.Inputs.OfType<BaselineCall>());
    }

    [Fact]
    public void A_Stop_Finishes_What_Runs_And_Starts_No_More()
    {
        Start(Plan(3, parallel: 1) with { Baselines = 3 });
        _context.Ask(HaltKind.Stop);
        _context.Finish(0, TrialState.Completed, 0.5);
        Assert.DoesNotContain(_context.Inputs, input => input is SweepEnding);

        EndBaseline(0);

        Assert.Equal(HaltKind.Stop, _context.Ending.Halt);
        Assert.Equal("cxx", _context.Status.Trials);
        Assert.Single(_context.Inputs.OfType<BaselineCall>());
    }

    [Fact]
    public void What_A_Paused_Run_Left_Behind_Starts_Nothing_In_The_Next_One()
    {
        Start(Plan(1, parallel: 1) with { Baselines = 2, Run = 1 });
        _context.Ask(HaltKind.Pause);
        _context.Finish(0, TrialState.Completed, 0.5);
        var left = NumberOf(0);
        // The pause was lifted meanwhile: the sweep runs anew in the same orchestration.
        _context.Complete(_context.Pending.Single(number => _context.Inputs[number] is SweepEnding), SweepState.Waiting);
        _context.Complete(
            _context.Pending.Single(number => _context.Inputs[number] is SweepStart), Plan(1, parallel: 1) with { Baselines = 2, Run = 2 });

        _context.Complete(left, true);

        Assert.Equal([1, 2], _context.Inputs.OfType<BaselineCall>().Select(call => call.Run));
    }

    [Fact]
    public void A_Pause_That_Is_Taken_Back_While_A_Trial_Runs_Costs_None()
    {
        Start(Plan(1, parallel: 1) with { Baselines = 2 });
        _context.Ask(HaltKind.Pause);
        EndBaseline(0);
        _context.Ask(HaltKind.None);
        _context.Finish(0, TrialState.Completed, 0.5);

        EndBaseline(1, new ActivityFailedException("no luck", isPermanent: true));

        Assert.Equal(HaltKind.None, _context.Ending.Halt);
        Assert.Equal([new BaselineFault(1, "no luck")], _context.Ending.BaselineFaults!);
    }

    [Fact]
    public void They_Run_Beside_The_Parts_Of_A_Large_Sweep()
    {
        Start(Plan(4, parallel: 4) with { Whole = null, PartSize = 2, Baselines = 1 });
        Assert.Single(_context.Inputs.OfType<BaselineCall>());
        foreach (var first in (int[])[0, 2])
        {
            _context.Complete(
                _context.Pending.Single(number => _context.Inputs[number] is SweepRange), new PlannedPart([first, first + 1], [1, 1]));
            foreach (var trial in (int[])[first, first + 1]) _context.Finish(trial, TrialState.Completed, 0.5);
        }

        Assert.DoesNotContain(_context.Inputs, input => input is SweepEnding);
        EndBaseline(0);
        Assert.Equal("cccc", _context.Ending.Tally.Trials);
    }

    private int NumberOf(int baseline) =>
        _context.Pending.First(number => _context.Inputs[number] is BaselineCall call && call.Index == baseline);

    private void EndBaseline(int baseline, Exception? fault = null) => _context.Complete(NumberOf(baseline), fault is null ? false : fault);
}
