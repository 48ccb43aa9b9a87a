using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>Whole searches over 200 recorded trials, run by the orchestration.</summary>
public sealed class SearchOrchestrationTests
{
    private const int Epochs = 27;

    private static readonly Pruner Halving = new AsynchronousHalving();
    private static readonly Pruner Median = new MedianPruner { Interval = 3 };

    /// <summary>Rule, packs at once, packs a part, trials a pack.</summary>
    public static TheoryData<Pruner, int, int, int> Cases => new()
    {
        { Halving, 1, 300, 1 },
        { Halving, 7, 100, 1 },
        { Halving, 4, 17, 1 },
        { Halving, 2, 24, 8 },
        { Median, 1, 300, 1 },
        { Median, 5, 90, 1 },
        { Median, 2, 60, 4 },
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 4)]
    [InlineData(4, 16)]
    public async Task Halving_Finds_A_Model_Like_The_Best_Of_The_Grid_With_A_Fifth_Of_The_Epochs(int seed, int parallel)
    {
        var best = RecordedCurve.All.Max(curve => curve.Accuracy[^1]);
        var sweep = await RecordedSweep.PlanAsync(Halving, parallel);

        sweep.Start();
        await sweep.EndAsync(new Random(seed));

        Assert.InRange(sweep.Trainings.Epochs, 1, 200 * Epochs / 5);
        Assert.Equal(Epochs, sweep.Trainings.Done[sweep.Context.Ending.Tally.BestIndex]);
        Assert.InRange(sweep.Trainings.Final(sweep.Context.Ending.Tally.BestIndex), best - 0.002, best);
        Accounted(sweep);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_Search_That_Is_Replayed_At_Random_Moments_Goes_On_As_If_Nothing_Had_Been(
        Pruner pruner, int parallel, int partSize, int packSize)
    {
        var undisturbed = await RecordedSweep.PlanAsync(pruner, parallel, partSize, packSize, faultsOneIn: 20);
        undisturbed.Start();
        await undisturbed.EndAsync(new Random(parallel));
        var replayed = await RecordedSweep.PlanAsync(pruner, parallel, partSize, packSize, faultsOneIn: 20);
        var (order, moments, replays) = (new Random(parallel), new Random(partSize), 0);

        replayed.Start();
        while (!replayed.HasEnded)
        {
            await replayed.StepAsync(order);
            if (moments.Next(50) != 0) continue;
            var before = replayed.Replay();
            replays++;
            Assert.Equal(before.Asked, replayed.Context.Asked);
            Assert.Equal(before.Pending, replayed.Context.Pending);
        }

        Assert.InRange(replays, 2, 50);
        Assert.Equal(undisturbed.Context.Asked, replayed.Context.Asked);
        Assert.Equal(undisturbed.Context.Statuses, replayed.Context.Statuses);
        Assert.Equal(undisturbed.Context.Payloads, replayed.Context.Payloads);
        Assert.Equal(undisturbed.Trainings.Done, replayed.Trainings.Done);
        Accounted(replayed);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_Search_That_Is_Killed_At_Random_Moments_Loses_And_Doubles_Nothing(
        Pruner pruner, int parallel, int partSize, int packSize)
    {
        var sweep = await RecordedSweep.PlanAsync(pruner, parallel, partSize, packSize, faultsOneIn: 20);
        var random = new Random(parallel);
        sweep.Start();
        for (var kills = 0; kills < 5; kills++)
        {
            for (var steps = random.Next(30, 120); steps > 0 && !sweep.HasEnded; steps--) await sweep.StepAsync(random);
            if (sweep.HasEnded) break;
            sweep.Kill(random);
        }

        await sweep.EndAsync(random);

        Accounted(sweep);
        var best = RecordedCurve.All.Max(curve => curve.Accuracy[^1]);
        Assert.InRange(sweep.Trainings.Final(sweep.Context.Ending.Tally.BestIndex), best - 0.002, best);
    }

    [Fact]
    public async Task With_One_Worker_The_Median_Rule_Ends_A_Killed_Search_As_It_Ends_Any()
    {
        var undisturbed = await RecordedSweep.PlanAsync(Median, parallel: 1);
        undisturbed.Start();
        await undisturbed.EndAsync(new Random(1));
        var killed = await RecordedSweep.PlanAsync(Median, parallel: 1);
        var random = new Random(2);

        killed.Start();
        for (var kills = 0; kills < 8; kills++)
        {
            for (var steps = random.Next(100, 300); steps > 0 && !killed.HasEnded; steps--) await killed.StepAsync(random);
            if (!killed.HasEnded) killed.Kill(random);
        }

        await killed.EndAsync(random);

        Assert.Equal(undisturbed.Context.Status.Trials, killed.Context.Status.Trials);
        Assert.Equal(undisturbed.Context.Status.BestIndex, killed.Context.Status.BestIndex);
        Assert.Equal(undisturbed.Trainings.Done, killed.Trainings.Done);
        Assert.Equal(undisturbed.Trainings.Recorded, killed.Trainings.Recorded);
    }

    /// <summary>Each trial is there once: completed and on record, or pruned with its last epoch on record.</summary>
    private static void Accounted(RecordedSweep sweep)
    {
        var letters = sweep.Context.Ending.Tally.Trials.ToLowerInvariant();
        Assert.Equal(200, letters.Length);
        Assert.Equal(sweep.Trainings.Recorded.Distinct(), sweep.Trainings.Recorded);
        Assert.Equal(
            sweep.Trainings.Recorded.Order(),
            Enumerable.Range(0, 200).Where(trial => letters[trial] == TrialStates.LetterOf(TrialState.Completed)));
        Assert.All(
            Enumerable.Range(0, 200).Where(trial => !sweep.Trainings.Recorded.Contains(trial)),
            trial => Assert.Equal(
                (TrialStates.LetterOf(TrialState.Pruned), true),
                (letters[trial], sweep.Trainings.Done[trial] is > 0 and < Epochs)));
    }
}
