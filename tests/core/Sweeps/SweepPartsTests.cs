using System.Text;
using System.Text.Json;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Large sweeps, which children run part by part.</summary>
public sealed class SweepPartsTests
{
    // 32,768 characters fill a table property, 45 KB a queue message.
    private const int LargestPayload = 30_000;

    // 16 KB, counted in UTF-16.
    private const int LargestStatus = 8192;

    private readonly ScriptedSweepContext _context = new(new RetryRule(2, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)));

    private Task<SweepState>? _run;

    [Fact]
    public async Task Sixty_Trials_Run_In_Parts_Within_One_Limit()
    {
        Start(trials: 60, partSize: 25, parallel: 4);
        var started = new List<int>();
        while (Running is [var first, ..])
        {
            started.AddRange(Running.Except(started));
            Assert.InRange(Running.Length, 1, 4);
            Finish(first, TrialState.Completed, first / 100.0);
        }

        Assert.Equal(Enumerable.Range(0, 60), started);
        Assert.Equal(
            ["RunSweepPart part-0", "RunSweepPart part-1", "RunSweepPart part-2"],
            _context.Asked.Where(what => what.StartsWith("RunSweepPart", StringComparison.Ordinal)));
        Assert.Equal(
            (new string('c', 60), 59, 0.59), (_context.Status.Trials, _context.Status.BestIndex, _context.Status.BestValidationAccuracy));
        _context.Complete(_context.Pending.Single(), SweepState.Completed);
        Assert.Equal(SweepState.Completed, await _run!);
        Assert.Equal(HaltKind.None, _context.Ending.Halt);
    }

    [Fact]
    public void Every_Status_Is_One_Of_The_Whole_Sweep()
    {
        Start(trials: 5, partSize: 2, parallel: 2);
        Finish(0, TrialState.Completed, 0.5);
        Finish(1, TrialState.Failed, reason: "no");
        Finish(2, TrialState.Completed, 0.25, reused: true);

        Assert.Equal(
            ["wwwww 0", "rrwww ", "crwww ", "cfwww 1", "cfrrw ", "cfcrw "],
            _context.Statuses.Select(status => $"{status.Trials} {status.Part}"));
        Assert.Equal((1, 0), (_context.Status.Reused, _context.Status.BestIndex));
        Assert.Equal(new SweepCounts(5, 1, 1, 2, 0, 1, 0, 1), _context.Status.Counts);
    }

    [Fact]
    public void The_Childs_Status_Counts_While_It_Is_Of_The_Same_Run()
    {
        var now = DateTimeOffset.UnixEpoch;
        var parent = new SweepStatus("ww", 0, -1, 0, now, null, Part: 0);
        var child = new SweepStatus("cr", 0, 0, 0.5, now, null);

        Assert.Same(child, parent.OrNewer(child));
        Assert.Same(parent, parent.OrNewer(null));
        Assert.Same(parent, parent.OrNewer(child with { StartedAt = now.AddHours(-1) }));
        Assert.Equal("ww", (parent with { Part = null }).OrNewer(child).Trials);
    }

    [Fact]
    public void A_Cancel_Reaches_The_Child_And_Starts_No_Further_Part()
    {
        Start(trials: 9, partSize: 3, parallel: 2);
        Finish(0, TrialState.Completed, 0.5);

        _context.Cancel();

        Assert.Contains("control to part-0", _context.Asked);
        Assert.Equal([1, 2], Running);
        Finish(1, TrialState.Cancelled, reason: "the sweep was cancelled");
        Finish(2, TrialState.Completed, 0.25);
        Assert.Equal("cxcxxxxxx", _context.Status.Trials);
        Assert.Equal(HaltKind.Cancel, _context.Ending.Halt);
        Assert.Equal("the sweep was cancelled", _context.Ending.Tally.Failures().First().Reason);
        Assert.All(_context.Ending.Tally.Failures().Skip(1), failure => Assert.Null(failure.Reason));
        Assert.DoesNotContain("RunSweepPart part-1", _context.Asked);
    }

    [Fact]
    public void A_Cancel_Ends_A_Childs_Wait_For_Another_Try()
    {
        Start(trials: 4, partSize: 2, parallel: 1);
        _context.Fail(0, "storage is busy");

        _context.Cancel();

        Assert.Equal("xxxx", _context.Status.Trials);
    }

    [Fact]
    public void A_Cancel_That_Only_A_Trial_Saw_Ends_The_Sweep_Too()
    {
        Start(trials: 6, partSize: 2, parallel: 2);

        Finish(0, TrialState.Cancelled, reason: "the sweep was cancelled");
        Finish(1, TrialState.Completed, 1);

        Assert.Equal("xcxxxx", _context.Status.Trials);
        Assert.Equal(HaltKind.Cancel, _context.Ending.Halt);
    }

    [Fact]
    public void A_Part_That_Finds_The_Flag_Trains_Nothing()
    {
        _run = SweepOrchestration.RunAsync(_context, "s", RetryRule.Default);
        _context.Complete(0, Plan(4, 2, 1));
        _context.Complete(Asked(input => input is SweepRange), Part(0, 2) with { Halt = HaltKind.Cancel });

        Assert.Equal("xxxx", _context.Status.Trials);
        Assert.Empty(_context.Inputs.OfType<TrialPack>());
        Assert.Equal(HaltKind.Cancel, _context.Ending.Halt);
    }

    [Fact]
    public async Task A_Part_That_Cannot_Be_Read_Fails_The_Sweep()
    {
        _run = SweepOrchestration.RunAsync(_context, "s", RetryRule.Default);
        _context.Complete(0, Plan(4, 2, 1));
        _context.Complete(Asked(input => input is SweepRange), new ActivityFailedException("there is no plan", isPermanent: true));

        Assert.Equal("there is no plan", (await Assert.ThrowsAsync<ActivityFailedException>(() => _run)).Message);
    }

    [Fact]
    public void The_Estimated_End_Counts_What_Other_Parts_Took_And_Forgets_What_Was_On_Record()
    {
        var start = _context.Now;
        Start(trials: 6, partSize: 2, parallel: 1);
        After(seconds: 100, trial: 0, reused: true);
        After(seconds: 100, trial: 1, reused: true);
        Assert.Null(_context.Status.EstimatedEnd);

        After(seconds: 10, trial: 2);
        Assert.Equal(start.AddSeconds(210 + 30), _context.Status.EstimatedEnd);
        After(seconds: 10, trial: 3);
        After(seconds: 10, trial: 4);

        Assert.Equal(start.AddSeconds(230 + 10), _context.Status.EstimatedEnd);
        Assert.Equal(start, _context.Status.StartedAt);

        void After(int seconds, int trial, bool reused = false)
        {
            _context.Now += TimeSpan.FromSeconds(seconds);
            Finish(trial, TrialState.Completed, 1, reused);
        }
    }

    [Fact]
    public void No_Payload_Of_Ten_Thousand_Trials_Is_Large()
    {
        Start(10_000, 300, 16);
        while (Running is [var first, ..]) Finish(first, TrialState.Completed, 0.123456789012345678, reused: first % 2 == 0);

        AssertSizes();
        Assert.Equal(5_000, _context.Ending.Tally.Reused().Count());
        Assert.Equal(34, _context.Inputs.OfType<SweepRange>().Count());
    }

    [Fact]
    public void No_Payload_Is_Large_Where_Each_Of_Ten_Thousand_Fails_At_Length()
    {
        Start(10_000, 300, 1);
        for (var trial = 0; trial < 10_000; trial++) Finish(trial, TrialState.Failed, reason: $"{trial} " + new string('\u00df', 300));

        AssertSizes();
        var failures = _context.Ending.Tally.Failures().ToArray();
        Assert.Equal(10_000, failures.Length);
        Assert.Equal("0 " + new string('\u00df', 248) + "...", failures[0].Reason);
        Assert.Null(failures[^1].Reason);
    }

    [Fact]
    public void A_Reason_Is_Kept_For_Every_Trial_That_Shares_It()
    {
        Start(1_000, 300, 1);
        for (var trial = 0; trial < 1_000; trial++)
            Finish(trial, TrialState.Failed, reason: trial % 2 == 0 ? "the device broke" : "no memory");

        var failures = _context.Ending.Tally.Failures().ToArray();
        Assert.All(failures, failure => Assert.Equal(failure.Index % 2 == 0 ? "the device broke" : "no memory", failure.Reason));
        Assert.Equal(1_000, failures.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    [InlineData(2001)]
    [InlineData(10_000)]
    public void A_Status_Comes_Back_From_Json_As_It_Was(int trials)
    {
        var random = new Random(trials);
        var letters = new string([.. Enumerable.Range(0, trials).Select(_ => "wrcdfxpeCDP"[random.Next(11)])]);
        var status = new SweepStatus(letters, 3, 1, 0.5, DateTimeOffset.UnixEpoch, null);

        var json = JsonSerializer.Serialize(status);

        Assert.Equal(status, JsonSerializer.Deserialize<SweepStatus>(json));
        Assert.InRange(json.Length, trials / 2, LargestStatus);
    }

    private int[] Running => _context.Training;

    private void AssertSizes()
    {
        Assert.All(_context.Payloads, payload => Assert.InRange(Encoding.UTF8.GetByteCount(payload), 1, LargestPayload));
        Assert.All(_context.Statuses.Where((_, number) => number % 500 == 0), status =>
            Assert.InRange(JsonSerializer.Serialize(status).Length, 1, LargestStatus));
    }

    private void Start(int trials, int partSize, int parallel)
    {
        _run = SweepOrchestration.RunAsync(_context, "s", RetryRule.Default);
        _context.Complete(0, Plan(trials, partSize, parallel));
        ReadPart();
    }

    private void Finish(int trial, TrialState state, double? accuracy = null, bool reused = false, string? reason = null)
    {
        _context.Finish(trial, state, accuracy, reused, reason);
        ReadPart();
    }

    /// <summary>Answers a child that asks for its trials.</summary>
    private void ReadPart()
    {
        if (Asked(input => input is SweepRange) is not (>= 0 and var number)) return;
        var range = (SweepRange)_context.Inputs[number];
        _context.Complete(number, Part(range.First, range.Count));
    }

    private int Asked(Predicate<object> isIt) =>
        Array.Find([.. _context.Pending, -1], number => number < 0 || isIt(_context.Inputs[number]));

    private static PlannedSweep Plan(int trials, int partSize, int parallel) => new(trials, trials, parallel, partSize);

    private static PlannedPart Part(int first, int count) => new([.. Enumerable.Range(first, count)], [.. Enumerable.Repeat(1.0, count)]);
}
