using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Pause, resume, stop, retry, extend and delete, on sweeps that really train.</summary>
public sealed class SweepControlTests
{
    private static readonly SweepRequest Request = new() { LearningRates = [0.01], HiddenUnits = [3, 4, 5, 6], Epochs = 6, BatchSize = 16 };
    private static readonly CheckpointRule Always = CheckpointRule.Default with { LeastWork = 0 };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_Paused_Sweep_Goes_On_Where_It_Was_Broken_Off_And_Ends_In_The_Same_Bits()
    {
        var (store, alone) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        await new SweepRig(alone).RunAsync(Request);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        var device = new GateDevice((parameters, epoch) =>
        {
            if ((parameters.HiddenUnits, epoch) != (5, 4) || goOn.IsSet) return;
            reached.TrySetResult();
            goOn.Wait(Patience);
        });
        var halts = new WatchedHalts(store);
        var rig = new SweepRig(halts.Store, device, parallel: 1, checkpoints: Always);
        var started = await rig.Service.StartAsync(Request);
        await reached.Task.WaitAsync(Patience);

        Assert.Equal(SweepState.Running, await rig.Control.PauseAsync(started.Id));
        Assert.Equal(SweepState.Running, await rig.Control.PauseAsync(started.Id));
        await halts.BeatAsync(rig);
        goOn.Set();
        await rig.Host.WaitAsync(started.Id);

        var paused = await rig.DocumentAsync(started.Id);
        Assert.Equal((SweepState.Paused, HaltKind.None), (paused.State, paused.Halt));
        Assert.Equal((4, 1, 2, 1), (paused.Counts!.Total, paused.Counts.Completed, paused.Counts.Waiting, paused.Counts.Preempted));
        var view = await rig.Catalog.GetAsync(started.Id);
        Assert.Equal(
            [TrialState.Waiting, TrialState.Waiting, TrialState.Preempted, TrialState.Completed], view.Trials.Select(trial => trial.State));
        Assert.Equal(SweepState.Paused, await rig.Control.PauseAsync(started.Id));
        Assert.Equal(SweepState.Paused, (await rig.Service.StartAsync(Request)).State);

        Assert.Equal(SweepState.Waiting, await rig.Control.ResumeAsync(started.Id));
        await rig.Host.WaitAsync(started.Id);

        Assert.True(await rig.DocumentAsync(started.Id) is { State: SweepState.Completed, Counts.Completed: 4 });
        Assert.Equal(4 * 6, device.Trained.Length);
        Assert.Equal(Results(alone), Results(store));
    }

    [Fact]
    public async Task A_Pause_That_Is_Lifted_At_Once_Loses_Nothing()
    {
        var store = await SweepRig.StoreAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        var device = new GateDevice((parameters, epoch) =>
        {
            if ((parameters.HiddenUnits, epoch) != (5, 4) || goOn.IsSet) return;
            reached.TrySetResult();
            goOn.Wait(Patience);
        });
        var halts = new WatchedHalts(store);
        var rig = new SweepRig(halts.Store, device, parallel: 1, checkpoints: Always);
        var started = await rig.Service.StartAsync(Request);
        await reached.Task.WaitAsync(Patience);

        await rig.Control.PauseAsync(started.Id);
        await halts.BeatAsync(rig);
        Assert.Equal(SweepState.Running, await rig.Control.ResumeAsync(started.Id));
        goOn.Set();
        await rig.Host.WaitAsync(started.Id);

        Assert.True(await rig.DocumentAsync(started.Id) is { State: SweepState.Completed, Counts.Completed: 4 });
        Assert.Equal(4 * 6, device.Trained.Length);
    }

    [Fact]
    public async Task A_Stopped_Sweep_Finishes_What_Runs_And_Can_Be_Resumed()
    {
        var store = await SweepRig.StoreAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        var device = new GateDevice((parameters, epoch) =>
        {
            if ((parameters.HiddenUnits, epoch) != (5, 4) || goOn.IsSet) return;
            reached.TrySetResult();
            goOn.Wait(Patience);
        });
        var halts = new WatchedHalts(store);
        var rig = new SweepRig(halts.Store, device, parallel: 1, checkpoints: Always);
        var started = await rig.Service.StartAsync(Request);
        await reached.Task.WaitAsync(Patience);

        await rig.Control.StopAsync(started.Id);
        await halts.BeatAsync(rig);
        goOn.Set();
        await rig.Host.WaitAsync(started.Id);

        var stopped = await rig.DocumentAsync(started.Id);
        Assert.Equal((SweepState.Stopped, 2, 2), (stopped.State, stopped.Counts!.Completed, stopped.Counts.Cancelled));
        Assert.Equal("the sweep was stopped before it ran", stopped.Failures![0].Reason);
        Assert.NotNull(await store.FindAsync(BlobPaths.Sweep(started.Id, SweepFiles.ReportHtml)));
        Assert.Equal(SweepState.Stopped, await rig.Control.StopAsync(started.Id));

        await rig.Control.ResumeAsync(started.Id);
        await rig.Host.WaitAsync(started.Id);
        Assert.True(await rig.DocumentAsync(started.Id) is { State: SweepState.Completed, Counts.Reused: 2 });
    }

    [Theory]
    [InlineData(true, SweepState.Stopped)]
    [InlineData(false, SweepState.Cancelled)]
    public async Task A_Paused_Sweep_Can_Be_Ended_With_A_Report(bool stop, SweepState end)
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await new SweepRig(store).RunAsync(Request);
        var rig = new SweepRig(store);
        await store.UpdateJsonAsync<SweepDocument>(
            BlobPaths.Sweep(sweep.Id, SweepFiles.Sweep), document => document with { State = SweepState.Paused });
        await store.DeleteAsync(BlobPaths.Trial((await rig.Catalog.GetAsync(sweep.Id)).Trials[0].Id, SweepFiles.Trial));

        Assert.Equal(SweepState.Waiting, await (stop ? rig.Control.StopAsync(sweep.Id) : rig.Control.CancelAsync(sweep.Id)));
        await rig.Host.WaitAsync(sweep.Id);

        var ended = await rig.DocumentAsync(sweep.Id);
        Assert.Equal(end, ended.State);
        // What the run did not come to any more is on record all the same.
        Assert.Equal(new SweepCounts(4, 0, 0, 3, 0, 0, Cancelled: 1, Reused: 3), ended.Counts);
        Assert.NotNull(ended.Best);
        Assert.Equal(3, (await rig.Catalog.GetAsync(sweep.Id)).Trials.Count(trial => trial.State == TrialState.Completed));
    }

    [Fact]
    public async Task A_Sweep_That_Is_Paused_Again_At_Once_Still_Has_What_It_Had()
    {
        var store = await SweepRig.StoreAsync();
        var sweep = await new SweepRig(store).RunAsync(Request);
        var rig = new SweepRig(store);
        await store.UpdateJsonAsync<SweepDocument>(
            BlobPaths.Sweep(sweep.Id, SweepFiles.Sweep),
            document => document with { State = SweepState.Waiting, Run = 2, Halt = HaltKind.Pause });
        await store.DeleteAsync(BlobPaths.Trial((await rig.Catalog.GetAsync(sweep.Id)).Trials[0].Id, SweepFiles.Trial));

        await rig.Host.StartAsync(sweep.Id);
        await rig.Host.WaitAsync(sweep.Id);

        var paused = await rig.DocumentAsync(sweep.Id);
        Assert.Equal((SweepState.Paused, new SweepCounts(4, 1, 0, 3, 0, 0, 0, Reused: 3)), (paused.State, paused.Counts));
        Assert.NotNull(paused.Best);
    }

    [Fact]
    public async Task Retries_What_Failed_And_Nothing_Else()
    {
        var store = await SweepRig.StoreAsync();
        var broken = true;
        var device = new GateDevice((parameters, _) =>
        {
            if (broken && parameters.HiddenUnits == 4) throw new InputException("4 units do not fit", "take fewer");
        });
        var rig = new SweepRig(store, device);
        var first = await rig.RunAsync(Request);
        Assert.Equal((SweepState.Completed, 3, 1), (first.State, first.Counts!.Completed, first.Counts.Failed));
        broken = false;

        Assert.Equal(SweepState.Waiting, await rig.Control.RetryAsync(first.Id));
        await rig.Host.WaitAsync(first.Id);

        var second = await rig.DocumentAsync(first.Id);
        Assert.Equal((4, 0, 3), (second.Counts!.Completed, second.Counts.Failed, second.Counts.Reused));
        Assert.Equal(SweepState.Completed, await rig.Control.RetryAsync(first.Id));
        Assert.Equal(4 * 6, device.Trained.Length);
    }

    [Fact]
    public async Task More_Points_Are_Appended()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var sweep = await rig.RunAsync(Request);
        var before = await rig.Catalog.GetAsync(sweep.Id);

        Assert.Equal(SweepState.Waiting, await rig.Control.ExtendAsync(sweep.Id, new SweepRequest { HiddenUnits = [6, 7, 8] }));
        await rig.Host.WaitAsync(sweep.Id);

        var after = await rig.Catalog.GetAsync(sweep.Id);
        Assert.Equal((sweep.Id, SweepState.Completed, 6, 4), (after.Id, after.State, after.Counts!.Completed, after.Counts.Reused));
        Assert.Equal(before.Trials.Select(trial => trial.Id), after.Trials.Take(4).Select(trial => trial.Id));
        Assert.Equal([7, 8], after.Trials.Skip(4).Select(trial => trial.Parameters.HiddenUnits));
        Assert.Equal(SweepState.Completed, await rig.Control.ExtendAsync(sweep.Id, new SweepRequest { HiddenUnits = [8, 7] }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task More_Epochs_Go_On_From_Where_The_Trials_Ended(int folds)
    {
        var (store, alone) = (await SweepRig.StoreAsync(), await SweepRig.StoreAsync());
        var device = new GateDevice((_, _) => { });
        var rig = new SweepRig(store, device, checkpoints: Always);
        var request = Request with { Validation = folds > 1 ? ValidationRule.InFolds(folds) : null };
        var sweep = await rig.RunAsync(request);
        var whole = await new SweepRig(alone, checkpoints: Always).RunAsync(request with { Epochs = 9 });

        await rig.Control.ExtendAsync(sweep.Id, new SweepRequest { Epochs = 9 });
        await rig.Host.WaitAsync(sweep.Id);

        Assert.Equal(4 * folds * 9, device.Trained.Length);
        var plan = (await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(sweep.Id, SweepFiles.Plan)))!;
        Assert.Equal(plan.Trials.Take(4 * folds).Select(trial => trial.Id), plan.Trials.Skip(4 * folds).Select(trial => trial.From));
        Assert.Equal(plan.Trials.Skip(4 * folds).Select(trial => trial.Id), Assert.Single(plan.Studies).TrialIds);
        Assert.Equal(
            (await new SweepRig(alone).Catalog.GetAsync(whole.Id)).Trials.Select(trial => trial.Id),
            plan.Trials.Skip(4 * folds).Select(trial => trial.Id));
        Assert.Subset(Results(store).ToHashSet(), Results(alone).ToHashSet());
    }

    [Fact]
    public async Task An_Extension_Of_A_Running_Sweep_Is_Taken_Up_In_The_Same_Go()
    {
        var store = await SweepRig.StoreAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        var device = new GateDevice((parameters, epoch) =>
        {
            if ((parameters.HiddenUnits, epoch) != (5, 4)) return;
            reached.TrySetResult();
            goOn.Wait(Patience);
        });
        var rig = new SweepRig(store, device, parallel: 1);
        var started = await rig.Service.StartAsync(Request);
        await reached.Task.WaitAsync(Patience);

        Assert.Equal(SweepState.Running, await rig.Control.ExtendAsync(started.Id, new SweepRequest { LearningRates = [0.02] }));
        goOn.Set();
        await rig.Host.WaitAsync(started.Id);

        var done = await rig.DocumentAsync(started.Id);
        Assert.Equal((SweepState.Completed, 8), (done.State, done.Counts!.Completed));
        Assert.Equal(8 * 6, device.Trained.Length);
    }

    [Fact]
    public async Task A_Deleted_Sweep_Is_Gone_And_Its_Trials_Stay()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var sweep = await rig.RunAsync(Request);
        var trials = store.Snapshot().Keys.Where(name => name.StartsWith("trials/", StringComparison.Ordinal)).ToArray();

        await rig.Control.DeleteAsync(sweep.Id);

        Assert.DoesNotContain(store.Snapshot().Keys, name => name.StartsWith("sweeps/", StringComparison.Ordinal));
        Assert.All(trials, trial => Assert.Contains(trial, store.Snapshot().Keys));
        await Assert.ThrowsAsync<InputException>(() => rig.Control.DeleteAsync(sweep.Id));
        Assert.Equal(4, (await rig.RunAsync(Request)).Counts!.Reused);
    }

    [Fact]
    public async Task A_Deleted_Sweep_That_Was_Extended_Starts_Again_As_It_Was()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync());
        var sweep = await rig.RunAsync(Request);
        await rig.Control.ExtendAsync(sweep.Id, new SweepRequest { LearningRates = [0.02] });
        await rig.Host.WaitAsync(sweep.Id);
        Assert.Equal((2, 8), ((await rig.DocumentAsync(sweep.Id)).Run, (await rig.Catalog.GetAsync(sweep.Id)).Trials.Count));
        await rig.Control.DeleteAsync(sweep.Id);

        var again = await rig.RunAsync(Request);

        Assert.Equal((sweep.Id, 1, 4), (again.Id, again.Run, again.Counts!.Total));
        Assert.Equal(4, (await rig.Catalog.GetAsync(sweep.Id)).Trials.Count);
    }

    private static IEnumerable<string> Results(InMemoryArtifactStore store) =>
        store.Snapshot().Where(blob => Path.GetFileName(blob.Key) is "model.onnx" or "history.json")
            .Select(blob => $"{blob.Key} {blob.Value}");
}
