using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Sweeps whose points depend on their results, with real trainings.</summary>
public sealed partial class LearningSweepTests
{
    private const int Startup = 4;
    private const int Wanted = 12;

    private static readonly SpaceRequest Space = new()
    {
        [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 0.0001, 0.3),
        [HyperParameter.HiddenUnits] = ParameterRange.Between(RangeKind.LogInteger, 2, 16),
    };

    private static readonly SweepRequest Request = new()
    {
        Dataset = "notes",
        Space = Space,
        Sampler = new TpeSampler { Trials = Wanted, StartupTrials = Startup, Seed = 3 },
        Epochs = 3,
        BatchSize = 16,
    };

    [Fact]
    public async Task Each_Point_Is_The_Samplers_Answer_To_All_Results_Before()
    {
        var store = await SweepRig.StoreAsync();

        var document = await new SweepRig(store, parallel: 1).RunAsync(Request);

        Assert.Equal((SweepState.Completed, Wanted, null), (document.State, document.Counts!.Completed, document.Error));
        var plan = await PlanAsync(store, document);
        Assert.Equal(Wanted, plan.Trials.Count);
        Assert.Equal(plan.Trials.Select(trial => trial.Id), Assert.Single(plan.Studies).TrialIds);
        var sampler = new TpeSampler { Seed = 3, StartupTrials = Startup };
        var space = SearchSpace.Of(Space, new HyperParameters(0.001, 256, 3, 16, 1));
        var known = new List<Observation>();
        foreach (var trial in plan.Trials)
        {
            Assert.Equal(sampler.Next(space, known, known.Count), trial.Parameters);
            var record = await store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(trial.Id, SweepFiles.Trial));
            known.Add(new(trial.Parameters, TrialState.Completed, Math.Round(record!.Last!.ValidationAccuracy, 5), 3));
        }
    }

    [Theory]
    [InlineData(300)]
    [InlineData(3)]
    public async Task The_Order_In_Which_Trials_End_Makes_No_Difference(int partSize)
    {
        var ids = new List<string[]>();
        foreach (var slow in (bool[])[true, false])
        {
            var store = await SweepRig.StoreAsync();
            // The wide ones are held up in one sweep, the narrow ones in the other.
            var device = new GateDevice((parameters, epoch) => Thread.Sleep(epoch == 1 && parameters.HiddenUnits > 5 == slow ? 20 : 0));
            var document = await new SweepRig(store, device, parallel: 3, partSize: partSize).RunAsync(Request);
            Assert.Equal((SweepState.Completed, Wanted), (document.State, document.Counts!.Total));
            ids.Add([.. (await PlanAsync(store, document)).Trials.Select(trial => trial.Id)]);
        }

        Assert.Equal(ids[0], ids[1]);
    }

    [Fact]
    public async Task A_Paused_Sweep_Goes_On_To_The_Points_That_It_Would_Have_Had()
    {
        var undisturbed = await SweepRig.StoreAsync();
        var whole = await new SweepRig(undisturbed, parallel: 1).RunAsync(Request);
        var store = await SweepRig.StoreAsync();
        SweepRig? rig = null;
        var begun = 0;
        rig = new SweepRig(store, new GateDevice((_, epoch) =>
        {
            if (epoch == 1 && ++begun == Startup + 3) Task.Run(() => rig!.Control.PauseAsync(whole.Id)).Wait();
        }), parallel: 1);
        await rig.RunAsync(Request);

        var paused = await rig.DocumentAsync(whole.Id);
        Assert.Equal((SweepState.Paused, Wanted), (paused.State, paused.Counts!.Total));
        Assert.Equal(Wanted - begun, paused.Counts.Waiting + paused.Counts.Preempted);
        Assert.Equal(begun, (await rig.Catalog.GetAsync(whole.Id)).Trials.Count);
        await rig.Control.ResumeAsync(whole.Id);
        await rig.Host.WaitAsync(whole.Id);

        var document = await rig.DocumentAsync(whole.Id);
        Assert.Equal((SweepState.Completed, whole.Best), (document.State, document.Best));
        Assert.Equal(
            (await PlanAsync(undisturbed, whole)).Trials.Select(trial => trial.Id),
            (await PlanAsync(store, document)).Trials.Select(trial => trial.Id));
        Assert.Equal(Wanted, begun);
    }

    [Fact]
    public async Task A_Small_Space_Is_Used_Up_And_The_Rest_Is_No_Trial()
    {
        var request = Request with
        {
            Space = new()
            {
                [HyperParameter.LearningRate] = ParameterRange.Of([0.001, 0.01, 0.1]),
                [HyperParameter.HiddenUnits] = ParameterRange.Of([2, 3]),
            },
        };

        var document = await new SweepRig(await SweepRig.StoreAsync(), parallel: 2).RunAsync(request);

        Assert.Equal((SweepState.Completed, 6, 6), (document.State, document.Counts!.Total, document.Counts.Completed));
    }

    [Fact]
    public async Task What_Was_Never_Chosen_Counts_Neither_As_Cancelled_Nor_As_Waiting()
    {
        var document = await new SweepRig(await SweepRig.StoreAsync(), parallel: 1).RunAsync(Request with { Stop = new() { Trials = 5 } });

        Assert.Equal((SweepState.Completed, StopCause.Trials), (document.State, document.StopCause));
        Assert.Equal((5, 5), (document.Counts!.Total, document.Counts.Completed));
    }

    [Fact]
    public async Task It_Learns_From_Other_Sweeps_On_The_Same_Data_And_Uses_Their_Results()
    {
        var store = await SweepRig.StoreAsync();
        var rates = ParameterRange.Of([0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]);
        var grid = await new SweepRig(store).RunAsync(
            new()
            {
                Dataset = "notes", Space = new()
                {
                    [HyperParameter.LearningRate] = rates,
                    [HyperParameter.HiddenUnits] = ParameterRange.Of([4]),
                }, Epochs = 3, BatchSize = 16,
            });
        await SweepRig.IngestAsync(store, "other", seed: 2);
        await new SweepRig(
            store).RunAsync(new() { Dataset = "other", LearningRates = [0.001], HiddenUnits = [4], Epochs = 3, BatchSize = 16 });

        var document = await new SweepRig(store, parallel: 1).RunAsync(
            Request with
            {
                Space = new()
                {
                    [HyperParameter.LearningRate] = rates,
                    [HyperParameter.HiddenUnits] = ParameterRange.Of([4, 5]),
                }
            });

        var plan = await PlanAsync(store, document);
        Assert.Equal(6, plan.Growth!.Known.Count);
        Assert.All(plan.Growth.Known, known => Assert.True(known is { IsElsewhere: true, State: TrialState.Completed, Score: > 0 }));
        Assert.Equal((12, 6), (document.Counts!.Total, document.Counts.Reused));
        Assert.True(document.Best!.ValidationAccuracy >= grid.Best!.ValidationAccuracy);
    }

    [Fact]
    public async Task Repeats_And_Folds_Make_One_Point()
    {
        var store = await SweepRig.StoreAsync();

        var document = await new SweepRig(store, parallel: 2).RunAsync(
            Request with { Repeats = 2, Validation = ValidationRule.InFolds(2), Sampler = Request.Sampler! with { Trials = 6 } });

        Assert.Equal((SweepState.Completed, 24), (document.State, document.Counts!.Completed));
        var points = (await PlanAsync(store, document)).Trials.Chunk(4).ToArray();
        Assert.All(
            points,
            point => Assert.Single(point.Select(trial => (trial.Parameters.LearningRate, trial.Parameters.HiddenUnits)).Distinct()));
        Assert.Equal(6, points.Select(point => point[0].Parameters).Distinct().Count());
    }

    [Fact]
    public async Task A_Pruner_Ends_Trials_Early_And_The_Sampler_Learns_From_Them_Too()
    {
        var document = await new SweepRig(await SweepRig.StoreAsync(), parallel: 1).RunAsync(
            Request with { Epochs = 9, Pruner = new AsynchronousHalving() });

        Assert.Equal((SweepState.Completed, Wanted), (document.State, document.Counts!.Completed + document.Counts.Pruned));
        Assert.InRange(document.Counts.Pruned, 6, Wanted - 1);
    }

    [Fact]
    public async Task Asked_Again_For_Trials_The_Plan_Stays()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Request);
        var wanted = new TrialsWanted(plan.SweepId, 1, 2, "", [], []);

        var first = await rig.Suggest.RunAsync(wanted);
        var again = await rig.Suggest.RunAsync(wanted);
        await rig.Plan.RunAsync(new(plan.SweepId, await rig.DescribeDevice.RunAsync(plan.SweepId)));

        Assert.Equal([0, 1], first.Order);
        Assert.Equivalent(first, again, strict: true);
        Assert.Equal(2, (await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(plan.SweepId, SweepFiles.Plan)))!.Trials.Count);
    }

    [Fact]
    public async Task Another_Worker_That_Kept_The_Plan_Of_A_Deleted_Sweep_Trains_The_New_One()
    {
        var store = await SweepRig.StoreAsync();
        var other = new SweepRig(store);
        var rig = new SweepRig(store, parallel: 1);
        var first = await rig.RunAsync(Request);
        var old = await PlanAsync(store, first);
        await other.Train.RunAsync(
            new TrialPack(first.Id, [Wanted - 1], Run: 1) { Since = old.Growth!.Since }, TestContext.Current.CancellationToken);
        await rig.Control.DeleteAsync(first.Id);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await rig.RunAsync(
            Request with { Space = new([.. Space.Ranges(), (HyperParameter.HiddenUnits, ParameterRange.Of([2, 3, 4, 5]))]) });

        // The first one's trials are known now, so that it comes to other points.
        var again = await rig.RunAsync(Request);
        var plan = await PlanAsync(store, again);
        Assert.Equal((first.Id, 1), (again.Id, again.Run));
        Assert.NotEqual(old.Trials[^1].Id, plan.Trials[^1].Id);
        var record = BlobPaths.Trial(plan.Trials[^1].Id, SweepFiles.Trial);
        await store.DeleteAsync(record, TestContext.Current.CancellationToken);
        await other.Train.RunAsync(
            new TrialPack(again.Id, [Wanted - 1], Run: 1) { Since = plan.Growth!.Since }, TestContext.Current.CancellationToken);

        Assert.NotNull(await store.FindAsync(record, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Its_Followers_Are_Told_Of_Each_Trial_Once()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store, parallel: 1);
        var started = await rig.Service.StartAsync(Request);
        var told = new List<string>();
        var events = new SweepEvents(store, rig.Host, rig.Catalog, TimeProvider.System);

        await foreach (var happened in await events.FollowAsync(started.Id, cancellationToken: TestContext.Current.CancellationToken))
        {
            if (happened.Data is TrialView trial) told.Add(trial.Id);
        }

        Assert.Equal((await PlanAsync(store, await rig.DocumentAsync(started.Id))).Trials.Select(trial => trial.Id).Order(), told.Order());
    }

    private static async Task<SweepPlan> PlanAsync(IArtifactStore store, SweepDocument document) =>
        (await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(document.Id, SweepFiles.Plan)))!;
}
