using CsCheck;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Whatever happens, in whatever order: the books are right, and replaying it gives the same calls again.</summary>
public sealed class SweepReplayTests
{
    private static readonly RetryRule Retry = new(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    private static readonly Gen<(int Trials, int Part, int Pack, int Parallel, int Seed)> Cases =
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 15], Gen.Int[1, 3], Gen.Int[1, 5], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void A_Replay_Asks_For_The_Same_In_The_Same_Order() => Cases.Sample(@case =>
    {
        var (first, events) = Live(@case, new Random(@case.Seed));
        var replayed = new ScriptedSweepContext(Retry);
        var run = SweepOrchestration.RunAsync(replayed, "s", Retry);
        foreach (var @event in events) @event(replayed);

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(first.Asked, replayed.Asked);
        Assert.Equal(first.Statuses, replayed.Statuses);
        Assert.Equal(first.Payloads, replayed.Payloads);
    });

    [Fact]
    public void Every_Trial_Is_Accounted_For_Once() => Cases.Sample(@case =>
    {
        var (context, _) = Live(@case, new Random(@case.Seed));
        var (letters, ending) = (context.Status.Trials, context.Ending);

        Assert.Equal(@case.Trials, letters.Length);
        // A paused sweep has trials that wait and such that were broken off.
        Assert.All(letters, letter => Assert.Contains(letter, ending.Halt is HaltKind.Pause or HaltKind.None ? "cdfxwe" : "cdfx"));
        Assert.True(ending.Halt != HaltKind.None || !letters.Contains('w'), $"{letters} of a sweep that came to its end");
        Assert.Equal(
            Enumerable.Range(0, @case.Trials).Where(index => letters[index] is 'f' or 'x'),
            ending.Tally.Failures().Select(failure => failure.Index));
        Assert.Equal(context.Status.Reused, ending.Tally.Reused().Count());
        Assert.All(ending.Tally.Reused(), index => Assert.Contains(letters[index], "cd"));
        Assert.True(ending.Halt is HaltKind.Stop or HaltKind.Cancel || !letters.Contains('x'), $"{letters} after {ending.Halt}");
        Assert.All(
            // A pack, and after it each of its trials alone.
            context.Inputs.OfType<TrialPack>().GroupBy(pack => string.Join(',', pack.Indices), StringComparer.Ordinal),
            tries => Assert.InRange(tries.Count(), 1, Retry.Attempts));
        var baselines = context.Inputs.OfType<BaselineCall>().Select(call => call.Index).Distinct().ToList();
        Assert.Equal(Enumerable.Range(0, baselines.Count), baselines);
        Assert.True(ending.Halt != HaltKind.None || baselines.Count == @case.Seed % 4, $"{baselines.Count} baselines");
        Assert.All(ending.BaselineFaults ?? [], fault => Assert.Contains(fault.Index, baselines));
    });

    /// <summary>Runs a sweep with random answers in random order, and returns what happened as a list to replay.</summary>
    private static (ScriptedSweepContext Context, List<Action<ScriptedSweepContext>> Events) Live(
        (int Trials, int Part, int Pack, int Parallel, int Seed) @case, Random random)
    {
        var context = new ScriptedSweepContext(Retry);
        var events = new List<Action<ScriptedSweepContext>>();
        var (trials, partSize, pack, parallel, _) = @case;
        var order = Enumerable.Range(0, trials).OrderBy(_ => random.Next()).ToArray();
        var small = trials > partSize ? null : Part(new SweepRange("s", 0, trials));
        var plan = new PlannedSweep(trials, trials, parallel, partSize, small) { Baselines = @case.Seed % 4 };
        var run = SweepOrchestration.RunAsync(context, "s", Retry);
        while (!run.IsCompleted)
        {
            Assert.InRange(context.Training.Length, 0, parallel * pack);
            var number = context.Pending[random.Next(context.Pending.Length)];
            var answer = random.Next(20) == 0 ? null : Answer(context.Inputs[number], plan, Part, context.Halt, random);
            // A pause may be taken back, a stop and a cancel may not.
            var asked = (HaltKind)Math.Max(random.Next(4), context.Halt >= HaltKind.Stop ? (int)context.Halt : 0);
            var now = context.Now.AddSeconds(random.NextDouble());
            Happen(now, answer is null ? happening => happening.Ask(asked) : happening => happening.Complete(number, answer));
        }

        return (context, events);

        PlannedPart Part(SweepRange range) =>
            new(
            [.. order.Skip(range.First).Take(range.Count)],
            [.. Enumerable.Repeat(1.0, range.Count)],
            Packs: [.. Enumerable.Range(0, range.Count).Chunk(pack).Select(chunk => chunk.Length)]);

        void Happen(DateTimeOffset now, Action<ScriptedSweepContext> @event)
        {
            Action<ScriptedSweepContext> whole = happening =>
            {
                happening.Now = now;
                @event(happening);
            };
            events.Add(whole);
            whole(context);
        }
    }

    private static object Answer(
        object input, PlannedSweep plan, Func<SweepRange, PlannedPart> part, HaltKind halt, Random random) => input switch
        {
            SweepRange range => part(range),
            TimeSpan => true,
            // Passing faults of planning and gathering have tests of their own; too many of them end the sweep.
            SweepStart => plan,
            SweepEnding ending => ending.Halt == HaltKind.Cancel ? SweepState.Cancelled : SweepState.Completed,
            BaselineCall when random.Next(4) == 0 => new ActivityFailedException("no luck", isPermanent: random.Next(2) == 0),
            BaselineCall => random.Next(2) == 0,
            TrialPack when random.Next(4) == 0 => new ActivityFailedException("no luck", isPermanent: random.Next(2) == 0),
            TrialPack pack => pack.Indices.Select(index => Outcome(index, halt, random)).ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(input), input, "Nothing else is asked for."),
        };

    private static TrialOutcome Outcome(int index, HaltKind halt, Random random) => random.Next(12) switch
    {
        < 6 when halt == HaltKind.Pause => new TrialOutcome(index, TrialState.Preempted),
        0 => new TrialOutcome(index, TrialState.Failed, Reason: "a wrong input"),
        1 => new TrialOutcome(index, TrialState.Diverged, Reused: random.Next(2) == 0),
        2 => new TrialOutcome(index, TrialState.Cancelled, Reason: "the sweep was cancelled"),
        _ => new TrialOutcome(index, TrialState.Completed, random.Next(3) == 0, Math.Round(random.NextDouble(), 1)),
    };
}
