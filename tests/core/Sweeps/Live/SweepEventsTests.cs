using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Live;

public sealed class SweepEventsTests
{
    private static readonly SweepRequest Request = new() { HiddenUnits = [3, 4, 5], Epochs = 4, BatchSize = 16 };

    private readonly SilentSweepHost _host = new();

    [Fact]
    public async Task Knows_No_Sweep_That_Was_Never_Started()
    {
        var store = await SweepRig.StoreAsync();

        var refused = await Assert.ThrowsAsync<InputException>(
            () => Events(store, new ManualTimeProvider()).FollowAsync("none-0123456789"));

        Assert.Equal(InputErrorKind.NotFound, refused.Kind);
    }

    [Fact]
    public async Task Tells_Of_An_Ended_Sweep_Without_Reading_Its_Trials()
    {
        var memory = await SweepRig.StoreAsync();
        var sweep = await new SweepRig(memory, new FailingDevice(units: 4)).RunAsync(Request);
        var reads = 0;
        var store = new FaultyArtifactStore(memory, call =>
        {
            if (call.Path.Container == Containers.Trials) Interlocked.Increment(ref reads);
            return StoreFault.None;
        });

        var quick = await TrialsAsync(store);
        Assert.Equal(0, reads);
        await memory.DeleteAsync(BlobPaths.Sweep(sweep.Id, SweepFiles.Ended));
        Assert.Equal(await TrialsAsync(memory), quick);
        Assert.Equal(3, quick.Count);

        async Task<List<string>> TrialsAsync(IArtifactStore from)
        {
            var events = await Events(from, new ManualTimeProvider()).FollowAsync(sweep.Id);
            return await events.Select(happened => happened.Data).OfType<TrialView>()
                .Select(trial => $"{trial.Id} {trial.State} {trial.Epoch} {trial.Metrics} {trial.Reason} {string.Join(',', trial.Studies)}")
                .ToListAsync();
        }
    }

    [Fact]
    public async Task Tells_How_Curves_Grow_And_Trials_End()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Request);
        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [2]));
        await ShowAsync(store, plan.Trials[1], 2);
        _host.Status = Status("wrc", best: 2);
        await using var events = await FollowAsync(store, rig.Time, plan.SweepId);

        var status = Assert.IsType<StatusEvent>((await events.NextAsync(SweepEvent.Status)).Data);
        Assert.Equal((SweepState.Running, new SweepCounts(3, 1, 1, 1, 0, 0, 0, 1)), (status.State, status.Counts));
        Assert.Equal(plan.Trials[2].Id, status.Best!.TrialId);
        var ended = Assert.IsType<TrialView>((await events.NextAsync(SweepEvent.Trial)).Data);
        Assert.Equal((plan.Trials[2].Id, TrialState.Completed, 4), (ended.Id, ended.State, ended.Epoch));
        for (var epoch = 1; epoch <= 2; epoch++) Assert.Equal(epoch, await events.NextEpochAsync(plan.Trials[1]));

        await ShowAsync(store, plan.Trials[1], 3);
        Assert.Equal(3, await events.NextEpochAsync(plan.Trials[1]));

        // Between the last look and its end it did another epoch; the curve is told to its end.
        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [1]));
        _host.Status = Status("rcc", best: 2);
        Assert.Equal(2, Assert.IsType<StatusEvent>((await events.NextAsync(SweepEvent.Status)).Data).Counts!.Completed);
        Assert.Equal(4, await events.NextEpochAsync(plan.Trials[1]));
        Assert.Equal(plan.Trials[1].Id, Assert.IsType<TrialView>((await events.NextAsync(SweepEvent.Trial)).Data).Id);

        await store.UpdateJsonAsync<SweepDocument>(
            BlobPaths.Sweep(plan.SweepId, SweepFiles.Sweep),
            document => document with
            {
                State = SweepState.Cancelled,
                Failures = [new TrialFailure(plan.Trials[0].Id, TrialState.Cancelled, "cancelled")],
            });
        var last = Assert.IsType<TrialView>((await events.NextAsync(SweepEvent.Trial)).Data);
        Assert.Equal((plan.Trials[0].Id, TrialState.Cancelled, "cancelled"), (last.Id, last.State, last.Reason));
        Assert.Equal(SweepState.Cancelled, Assert.IsType<StatusEvent>((await events.NextAsync(SweepEvent.End)).Data).State);
        Assert.True(await events.IsOverAsync());
    }

    [Fact]
    public async Task Goes_On_After_The_Last_Event_That_Was_Received()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var sweep = await rig.RunAsync(Request);
        var all = await AllAsync(store, sweep.Id, null);

        Assert.Equal([SweepEvent.Trial, SweepEvent.Trial, SweepEvent.Trial, SweepEvent.End], all.Select(happened => happened.Name));
        for (var told = 0; told < all.Count; told++)
            Assert.Equal(all.Skip(Math.Min(told + 1, 3)).Select(Text), (await AllAsync(store, sweep.Id, all[told].Id)).Select(Text));
        Assert.Equal(all.Select(Text), (await AllAsync(store, sweep.Id, "of.another.run.")).Select(Text));
    }

    [Fact]
    public async Task Knows_Who_Has_Been_Told_The_End_Until_The_Sweep_Runs_Again()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await new SweepRig(store).RunAsync(Request);
        var events = Events(store, TimeProvider.System);
        var ids = (await AllAsync(store, sweep.Id, null)).ConvertAll(happened => happened.Id);

        var told = await Task.WhenAll(ids.Select(id => events.HasToldEndAsync(sweep.Id, id)));
        Assert.Equal([false, false, false, true], told);
        Assert.False(await events.HasToldEndAsync(sweep.Id, null));
        Assert.False(await events.HasToldEndAsync(sweep.Id, "19c3f2a7b10.1.end"));

        foreach (var state in (SweepState[])[SweepState.Waiting, SweepState.Failed])
        {
            await store.UpdateJsonAsync<SweepDocument>(
                BlobPaths.Sweep(sweep.Id, SweepFiles.Sweep), document => document with { State = state, Run = 2 });
            Assert.False(await events.HasToldEndAsync(sweep.Id, ids[^1]));
        }

        await Assert.ThrowsAsync<InputException>(() => events.HasToldEndAsync("none-0123456789", ids[^1]));
    }

    [Fact]
    public async Task Ends_With_An_Id_Where_There_Is_No_Plan()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await new SweepRig(store).RunAsync(Request);
        await store.DeleteAsync(BlobPaths.Sweep(sweep.Id, SweepFiles.Plan));

        var end = Assert.Single(await AllAsync(store, sweep.Id, null));

        Assert.True(await Events(store, TimeProvider.System).HasToldEndAsync(sweep.Id, end.Id));
    }

    [Fact]
    public async Task Follows_A_Sweep_That_Another_Process_Runs()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Request);
        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0]));
        await ShowAsync(store, plan.Trials[2], 1);
        await using var events = await FollowAsync(store, rig.Time, plan.SweepId);

        await events.NextAsync(SweepEvent.Status);
        Assert.Equal(1, await events.NextEpochAsync(plan.Trials[2]));
        Assert.Equal(plan.Trials[0].Id, Assert.IsType<TrialView>((await events.NextAsync(SweepEvent.Trial)).Data).Id);
        var status = Assert.IsType<StatusEvent>((await events.NextAsync(SweepEvent.Status)).Data);
        Assert.Equal((new SweepCounts(3, 1, 1, 1, 0, 0, 0, 0), plan.Trials[0].Id), (status.Counts, status.Best!.TrialId));
    }

    [Fact]
    public async Task Gives_A_Sign_Of_Life_In_A_Long_Silence_And_Ends_When_The_Sweep_Is_Removed()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(Request);
        _host.Status = Status("rww");
        await using var events = await FollowAsync(store, rig.Time, plan.SweepId);

        await events.NextAsync(SweepEvent.Status);
        await events.NextAsync(SweepEvent.SignOfLife);
        await store.DeleteAsync(BlobPaths.Sweep(plan.SweepId, SweepFiles.Sweep));
        Assert.True(await events.IsOverAsync());
    }

    private static SweepStatus Status(string letters, int best = -1) =>
        new(letters, 1, best, 0.75, DateTimeOffset.UnixEpoch, null);

    private static string Text(SweepEvent happened) => $"{happened.Name} {happened.Id} {(happened.Data as TrialView)?.Id}";

    private static Task ShowAsync(IArtifactStore store, Trial trial, int epoch)
    {
        var curve = new GrowingCurve();
        for (var each = 1; each <= epoch; each++) curve.Add(each, new EpochMetrics(1, 0.5, 2, 0.25));
        return store.WriteJsonAsync(
            BlobPaths.Trial(trial.Id, SweepFiles.Progress),
            new TrialProgress(epoch, 4, new EpochMetrics(1, 0.5, 2, 0.25)) { Curve = curve.Copy() });
    }

    private SweepEvents Events(IArtifactStore store, TimeProvider time) => new(store, _host, new SweepCatalog(store, _host), time);

    private async Task<Followed> FollowAsync(IArtifactStore store, ManualTimeProvider time, string sweepId) =>
        new(await Events(store, time).FollowAsync(sweepId), time);

    private async Task<List<SweepEvent>> AllAsync(IArtifactStore store, string sweepId, string? lastEventId) =>
        await (await Events(store, TimeProvider.System).FollowAsync(sweepId, lastEventId)).ToListAsync();
}
