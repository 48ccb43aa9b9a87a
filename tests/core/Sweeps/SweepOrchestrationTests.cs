using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed partial class SweepOrchestrationTests
{
    private static readonly RetryRule Retry = new(4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5));

    private readonly ScriptedSweepContext _context = new();

    private Task<SweepState>? _run;

    [Fact]
    public async Task Runs_A_Sweep_From_Plan_To_Report()
    {
        Start(Plan(3, parallel: 2));
        Assert.Equal([0, 1], _context.Training);
        Assert.Equal("rrw", _context.Status.Trials);

        _context.Finish(1, TrialState.Completed, 0.5);
        Assert.Equal([0, 2], _context.Training);
        Assert.Equal("rcr", _context.Status.Trials);

        _context.Finish(0, TrialState.Diverged);
        _context.Finish(2, TrialState.Completed, 0.25, reused: true);
        Assert.Equal("dcc", _context.Status.Trials);
        Assert.Equal((1, 1, 0.5), (_context.Status.Reused, _context.Status.BestIndex, _context.Status.BestValidationAccuracy));

        Assert.False(_run!.IsCompleted);
        _context.Complete(_context.Pending.Single(), SweepState.Completed);
        Assert.Equal(SweepState.Completed, await _run);
        Assert.Equal(
            [
                "PlanSweep {\"sweepId\":\"s\",\"device\":{\"device\":\"cpu\",\"maxTrials\":1,\"memoryBytes\":0}}",
                "TrainTrials {\"sweepId\":\"s\",\"indices\":[0],\"run\":1,\"priority\":0}",
                "TrainTrials {\"sweepId\":\"s\",\"indices\":[1],\"run\":1,\"priority\":0}",
                "TrainTrials {\"sweepId\":\"s\",\"indices\":[2],\"run\":1,\"priority\":0}",
            ],
            _context.Asked.SkipLast(1));
        Assert.StartsWith(
            "AggregateSweep {\"sweepId\":\"s\",\"halt\":\"none\",\"tally\":{\"trials\":\"dcC\",",
            _context.Asked[^1],
            StringComparison.Ordinal);
        Assert.Equal([2], _context.Ending.Tally.Reused());
    }

    [Fact]
    public void Starts_Trials_In_The_Order_Of_The_Plan()
    {
        Start(Plan(4, parallel: 2) with { Whole = new PlannedPart([3, 1, 0, 2], [1, 1, 1, 1]) });

        Assert.Equal([3, 1], _context.Training);
        Assert.Equal("wrwr", _context.Status.Trials);
        _context.Finish(3, TrialState.Completed, 1);
        Assert.Equal([1, 0], _context.Training);
    }

    [Fact]
    public void Packs_Hold_Several_Trials()
    {
        Start(Plan(5, parallel: 2) with { Whole = new PlannedPart([0, 1, 2, 3, 4], [1, 1, 1, 1, 1], Packs: [2, 2, 1]) });
        Assert.Equal("rrrrw", _context.Status.Trials);

        _context.Complete(
            1, new[] { new TrialOutcome(0, TrialState.Completed, false, 1), new TrialOutcome(1, TrialState.Failed, Reason: "no") });
        Assert.Equal("cfrrr", _context.Status.Trials);
        Assert.Equal([2, 3, 4], _context.Training);

        // A pack that fails is taken apart: one trial can spoil it.
        _context.Fail(2, "one of us", isPermanent: true);
        Assert.Equal("cfrrr", _context.Status.Trials);
        Assert.Equal([4, 2], _context.Training);
        _context.Finish(2, TrialState.Completed, 0.5);
        _context.Fail(3, "it was me", isPermanent: true);
        Assert.Equal("cfcfr", _context.Status.Trials);
    }

    [Fact]
    public void A_Trial_That_Fails_Is_A_Result_And_Spoils_Nothing()
    {
        Start(Plan(3, parallel: 1));

        _context.Fail(0, "a wrong array", isPermanent: true);
        Assert.Equal("frw", _context.Status.Trials);
        _context.Finish(1, TrialState.Completed, 0.5);
        _context.Finish(2, TrialState.Failed, reason: "another");

        Assert.Equal(HaltKind.None, _context.Ending.Halt);
        Assert.Equal(
            [new TrialOutcome(0, TrialState.Failed, Reason: "a wrong array"), new TrialOutcome(2, TrialState.Failed, Reason: "another")],
            _context.Ending.Tally.Failures());
    }

    [Fact]
    public void A_Passing_Fault_Is_Tried_Again_With_Growing_Pauses()
    {
        Start(Plan(1, parallel: 1));
        for (var attempt = 1; attempt < Retry.Attempts; attempt++)
        {
            _context.Fail(0, $"storage is busy {attempt}");
            Assert.Equal("e", _context.Status.Trials);
            _context.PassDelay();
            Assert.Equal("r", _context.Status.Trials);
        }

        _context.Fail(0, "storage is busy 4");

        Assert.Equal(
            ["TrainTrials", "delay 2 s", "TrainTrials", "delay 4 s", "TrainTrials", "delay 5 s", "TrainTrials", "AggregateSweep"],
            _context.Asked.Skip(1).Select(what => what.Split(" {")[0]));
        Assert.Equal("storage is busy 4", _context.Ending.Tally.Failures().Single().Reason);
        Assert.Equal("f", _context.Status.Trials);
    }

    [Fact]
    public void A_Fault_That_Passes_Leaves_No_Trace()
    {
        Start(Plan(2, parallel: 2));
        _context.Fail(0, "storage is busy");
        _context.Finish(1, TrialState.Completed, 0.5);
        _context.PassDelay();
        _context.Finish(0, TrialState.Completed, 0.75);

        Assert.Equal("cc", _context.Status.Trials);
        Assert.Empty(_context.Ending.Tally.Failures());
        Assert.Equal(0, _context.Status.BestIndex);
    }

    [Fact]
    public void A_Trial_That_Waits_For_Its_Next_Try_Keeps_Its_Place()
    {
        Start(Plan(3, parallel: 1));

        _context.Fail(0, "storage is busy");

        Assert.Empty(_context.Training);
        Assert.Equal("eww", _context.Status.Trials);
    }

    [Fact]
    public async Task Planning_And_Gathering_Are_Tried_Again_Too()
    {
        var run = SweepOrchestration.RunAsync(_context, "s", Retry);
        _context.Complete(0, new ActivityFailedException("busy", isPermanent: false));
        _context.PassDelay();
        _context.Complete(2, Plan(1, parallel: 1));
        _context.Finish(0, TrialState.Completed, 1);
        _context.Complete(4, new ActivityFailedException("busy", isPermanent: false));
        _context.PassDelay();
        _context.Complete(6, SweepState.Completed);

        Assert.Equal(SweepState.Completed, await run);
    }

    [Fact]
    public async Task A_Sweep_That_Cannot_Be_Planned_Fails()
    {
        var run = SweepOrchestration.RunAsync(_context, "s", Retry);
        _context.Complete(0, new ActivityFailedException("there is no sweep 's'", isPermanent: true));

        Assert.Equal("there is no sweep 's'", (await Assert.ThrowsAsync<ActivityFailedException>(() => run)).Message);
        Assert.Single(_context.Asked);
    }

    [Fact]
    public void The_Best_So_Far_Is_That_Of_The_Highest_That_Was_Asked_For_First()
    {
        Start(Plan(6, parallel: 6));
        Assert.Equal((-1, 0), (_context.Status.BestIndex, _context.Status.BestValidationAccuracy));

        _context.Finish(4, TrialState.Diverged, 0.9);
        Assert.Equal(-1, _context.Status.BestIndex);
        _context.Finish(3, TrialState.Completed, 0);
        Assert.Equal((3, 0), (_context.Status.BestIndex, _context.Status.BestValidationAccuracy));
        _context.Finish(2, TrialState.Completed, 0.5);
        Assert.Equal(2, _context.Status.BestIndex);
        _context.Finish(1, TrialState.Completed, 0.5);
        Assert.Equal(1, _context.Status.BestIndex);
        _context.Finish(0, TrialState.Completed, double.NaN);
        _context.Finish(5, TrialState.Completed);
        Assert.Equal(1, _context.Status.BestIndex);
    }

    [Fact]
    public void Tells_When_It_Should_End_From_What_It_Has_Trained()
    {
        var start = _context.Now;
        Start(Plan([4, 2, 1, 1]));
        Assert.Null(_context.Status.EstimatedEnd);

        _context.Now += TimeSpan.FromSeconds(1);
        _context.Finish(0, TrialState.Completed, 1, reused: true);
        Assert.Null(_context.Status.EstimatedEnd);
        _context.Now += TimeSpan.FromSeconds(9);
        _context.Finish(1, TrialState.Completed, 1);
        // Nine seconds for a cost of 2, after one second for what was on record.
        Assert.Equal(start.AddSeconds(19), _context.Status.EstimatedEnd);
        _context.Fail(2, "no", isPermanent: true);
        Assert.Equal(start.AddSeconds(14.5), _context.Status.EstimatedEnd);
        _context.Finish(3, TrialState.Completed, 1);
        Assert.Equal(_context.Now, _context.Status.EstimatedEnd);
        Assert.Equal(start, _context.Status.StartedAt);
    }

    [Fact]
    public void Does_Not_Guess_An_End_That_No_Calendar_Has()
    {
        Start(Plan([1e-9, 1e9]));

        _context.Now += TimeSpan.FromDays(30);
        _context.Finish(0, TrialState.Completed, 1);

        Assert.Null(_context.Status.EstimatedEnd);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(5000)]
    public void A_Thousand_Trials_Complete(int parallel)
    {
        Start(Plan(1000, parallel));
        while (_context.Training is [.., var last])
        {
            Assert.InRange(_context.Training.Length, 1, parallel);
            _context.Finish(last, TrialState.Completed, last / 1000.0);
        }

        Assert.Equal(new string('c', 1000), _context.Status.Trials);
        Assert.Equal(999, _context.Status.BestIndex);
        Assert.Equal(1000, _context.Inputs.OfType<TrialPack>().SelectMany(pack => pack.Indices).Distinct().Count());
    }

    [Fact]
    public void Pauses_Double_Up_To_The_Longest()
    {
        Assert.Equal([2.0, 4, 8, 16, 30, 30], Enumerable.Range(1, 6).Select(attempt => RetryRule.Default.DelayAfter(attempt).TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(30), RetryRule.Default.DelayAfter(1000));
    }

    private static PlannedSweep Plan(int trials, int parallel) => Plan([.. Enumerable.Repeat(1.0, trials)], parallel);

    private static PlannedSweep Plan(double[] costs, int parallel = 1) => new(
        costs.Length, costs.Sum(), parallel, PartSize: costs.Length, new PlannedPart([.. Enumerable.Range(0, costs.Length)], costs));

    private void Start(PlannedSweep plan)
    {
        _run = SweepOrchestration.RunAsync(_context, "s", Retry);
        _context.Complete(0, plan);
    }
}
