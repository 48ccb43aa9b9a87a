using System.Text.Json;
using MusicPipeline.Data;
using MusicPipeline.Json;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>What a running sweep shows as its best is what would win if it ended then, and in the end that wins.</summary>
public sealed class BestSoFarTests
{
    private readonly SilentSweepHost _host = new();

    public static TheoryData<int, int, int> Sweeps => new()
    {
        { 1, 1, 1 }, { 1, 1, 2 }, { 3, 1, 3 }, { 1, 3, 4 }, { 2, 2, 5 }, { 2, 2, 6 },
    };

    [Theory]
    [MemberData(nameof(Sweeps))]
    public async Task Agrees_With_The_Winner_At_Every_Step(int repeats, int folds, int seed)
    {
        var random = new Random(seed);
        var (rig, plan) = await PlanAsync(
            repeats, folds, new ScriptedDevice((_, _) => (random.Next(3) / 10.0, random.Next(2) / 10.0, random.Next(9) == 0)));
        var order = Enumerable.Range(0, plan.Trials.Count).ToArray();
        random.Shuffle(order);
        var tally = Tally(plan);
        var catalog = new SweepCatalog(rig.Store, _host);
        var ended = new SortedSet<int>();
        foreach (var index in order)
        {
            tally = await TrainAsync(rig, plan, tally, index);
            ended.Add(index);

            var expected = Winner.Of(await ReadAsync(rig, plan, ended)) is { } winner ? BestTrial.Of(winner) : null;

            Assert.Equal(expected, (await catalog.GetAsync(plan.SweepId, new TrialPage(0, 1))).Best);
            Assert.Equal(expected, (await FirstStatusAsync(rig, plan)).Best);
            // Of a sweep that another process runs there are the records alone.
            (_host.Status, var told) = (null, _host.Status);
            Assert.Equal(expected, (await catalog.GetAsync(plan.SweepId)).Best);
            _host.Status = told;
        }

        var best = (await catalog.GetAsync(plan.SweepId)).Best;
        await rig.Aggregate.RunAsync(new SweepEnding(plan.SweepId, HaltKind.None, tally));

        Assert.Equal((await rig.DocumentAsync(plan.SweepId)).Best, best);
    }

    [Fact]
    public async Task A_Lucky_Seed_Is_Not_The_Best_And_A_Paused_Sweep_Says_So_Too()
    {
        // Of the units 3 one seed is lucky; those of 4 are better on average.
        var (rig, plan) = await PlanAsync(repeats: 2, folds: 1, new ScriptedDevice((parameters, _) =>
            ((parameters.HiddenUnits, parameters.Seed) switch { (3, 1) => 0.9, (3, 2) => 0.1, (4, _) => 0.6, _ => 0.2 }, 0.5, false)));
        var tally = Tally(plan);
        foreach (var index in Enumerable.Range(0, plan.Trials.Count - 1)) tally = await TrainAsync(rig, plan, tally, index);
        var catalog = new SweepCatalog(rig.Store, _host);

        var running = (await catalog.GetAsync(plan.SweepId)).Best!;
        await rig.HaltAsync(plan.SweepId, HaltKind.Pause);
        await rig.Aggregate.RunAsync(new SweepEnding(plan.SweepId, HaltKind.Pause, tally));

        Assert.Equal((4, 1, 0.6), (running.Parameters.HiddenUnits, running.Parameters.Seed, running.ValidationAccuracy));
        Assert.Equal(
            (SweepState.Paused, running), (await rig.DocumentAsync(plan.SweepId) is var paused ? paused.State : default, paused!.Best));
    }

    [Fact]
    public async Task Of_Equal_Accuracies_The_Lower_Loss_And_Then_The_Smaller_Network_Is_The_Best_Whoever_Ends_First()
    {
        var (rig, plan) = await PlanAsync(
            repeats: 1, folds: 1, new ScriptedDevice((parameters, _) => (0.5, parameters.HiddenUnits == 3 ? 0.7 : 0.6, false)));
        var tally = Tally(plan);
        var catalog = new SweepCatalog(rig.Store, _host);
        var best = new List<int>();
        foreach (var index in Enumerable.Range(0, plan.Trials.Count).Reverse())
        {
            tally = await TrainAsync(rig, plan, tally, index);
            best.Add((await catalog.GetAsync(plan.SweepId)).Best!.Parameters.HiddenUnits);
        }

        Assert.Equal([5, 4, 4], best);
    }

    [Fact]
    public void The_Table_Of_Means_Begins_With_The_Winner()
    {
        FinishedTrial[] trials = [.. new[] { 16, 8 }.SelectMany(units => new[] { 1, 2 }.Select(seed => Reports.SyntheticSweep.Trial(
            new HyperParameters(0.001, units, 2, Seed: seed), Reports.SyntheticSweep.History([0.5, 0.2], [0.6, 0.3], 0.9))))];

        Assert.Equal(8, Winner.Of(trials)!.Trial.Parameters.HiddenUnits);
        var ranked = RepeatedPoint.Ranked(RepeatedPoint.Of(trials, Objective.Accuracy));
        Assert.Equal([8, 16], ranked.Select(point => point.Parameters.HiddenUnits));
    }

    private static async Task<(SweepRig Rig, SweepPlan Plan)> PlanAsync(int repeats, int folds, ITrainingDevice device)
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), device);
        var plan = await rig.PlanAsync(new SweepRequest
        {
            HiddenUnits = [3, 4, 5],
            Epochs = 1,
            BatchSize = 64,
            Repeats = repeats,
            Validation = folds > 1 ? ValidationRule.InFolds(folds) : null,
        });
        return (rig, plan);
    }

    private static SweepTally Tally(SweepPlan plan) =>
        SweepTally.Of(new PlannedSweep(plan.Trials.Count, plan.Trials.Sum(SweepPlan.Cost), 1, 1), DateTimeOffset.UnixEpoch);

    /// <summary>Trains a trial in an orchestration of its own, which hands the tally on as JSON, and shows the status after it.</summary>
    private async Task<SweepTally> TrainAsync(SweepRig rig, SweepPlan plan, SweepTally tally, int index)
    {
        var progress = new SweepProgress(tally, PlannedPart.Of(plan, [[index]]));
        foreach (var outcome in await rig.Train.RunAsync(new TrialPack(plan.SweepId, [index])))
            progress.Finish(Copy(outcome), DateTimeOffset.UnixEpoch);
        _host.Status = progress.At(DateTimeOffset.UnixEpoch);
        return Copy(progress.ToTally());
    }

    private static T Copy<T>(T value) =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, PipelineJson.Compact), PipelineJson.Compact)!;

    private static async Task<FinishedTrial[]> ReadAsync(SweepRig rig, SweepPlan plan, IEnumerable<int> indices)
    {
        var trials = new List<FinishedTrial>();
        foreach (var index in indices)
        {
            var record = await rig.Store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(plan.Trials[index].Id, SweepFiles.Trial));
            trials.Add(new FinishedTrial(record!, TrainingHistory.From([]), false));
        }

        return [.. trials];
    }

    private async Task<StatusEvent> FirstStatusAsync(SweepRig rig, SweepPlan plan)
    {
        var events = await new SweepEvents(
            rig.Store, _host, new SweepCatalog(rig.Store, _host), rig.Time).FollowAsync(plan.SweepId, cancellationToken: default);
        await foreach (var happened in events)
        {
            if (happened.Data is StatusEvent status) return status;
        }

        throw new InvalidOperationException("There was no status.");
    }

    /// <summary>The CPU, whose last figures the test says, from the parameters and the number of the training.</summary>
    private sealed class ScriptedDevice(Func<HyperParameters, int, (double Accuracy, double Loss, bool Diverges)> script) : ITrainingDevice
    {
        private readonly CpuTrainingDevice _cpu = new();
        private int _number;

        public string Name => _cpu.Name;

        public TrainingResult Train(
            TrainingSplit split,
            HyperParameters parameters,
            Action<int, EpochMetrics>? onEpoch = null,
            CancellationToken cancellationToken = default)
        {
            var result = _cpu.Train(split, parameters, onEpoch, cancellationToken);
            var (accuracy, loss, diverges) = script(parameters, _number++);
            return result with
            {
                Outcome = diverges ? TrainingOutcome.Diverged : TrainingOutcome.Completed,
                History = TrainingHistory.From([new EpochMetrics(0.1, 0.9, loss, accuracy)]),
            };
        }
    }
}
