using Microsoft.DurableTask.Client;
using MusicPipeline.Errors;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>Whole sweeps on Durable's engine: every await goes through its history, and every step is replayed.</summary>
public sealed class SweepOrchestratorTests
{
    private static readonly SweepRequest Four = new() { LearningRates = [0.1, 0.01], HiddenUnits = [3, 5], Epochs = 2, BatchSize = 16 };

    [Fact]
    public async Task A_Sweep_Ends_With_Its_Report_And_Never_Exceeds_Its_Limit()
    {
        // Two meet before either goes on, so that the limit is reached as well as kept.
        using var pair = new Barrier(2);
        var device = new ScriptedDevice((_, _, token) => pair.SignalAndWait(TimeSpan.FromMinutes(5), token));
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2), device);

        var sweep = await rig.RunAsync(Four);

        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Equal(new SweepCounts(4, 0, 0, 4, 0, 0, 0, 0), sweep.Counts);
        Assert.Equal(2, device.MostAtOnce);
        Assert.All(device.Calls.Values, calls => Assert.Equal(1, calls));
        Assert.Contains($"sweeps/{sweep.Id}/report.html", rig.Store.Snapshot().Keys);
        var instance = await rig.Client.GetInstanceAsync(sweep.Id, getInputsAndOutputs: true);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance!.RuntimeStatus);
        Assert.Equal("cccc", instance.ReadCustomStatusAs<SweepStatus>()!.Trials);
    }

    [Fact]
    public async Task A_Sweep_Gives_Way_To_One_Of_A_Higher_Priority()
    {
        using var runs = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var (atOnce, most) = (0, 0);
        var device = new ScriptedDevice((parameters, _, token) =>
        {
            if (parameters.HiddenUnits == 3)
            {
                runs.Set();
                mayEnd.Wait(TimeSpan.FromMinutes(5), token);
                return;
            }

            InterlockedMax(ref most, Interlocked.Increment(ref atOnce));
            Thread.Sleep(20);
            Interlocked.Decrement(ref atOnce);
        });
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(4) { Yields = true }, device);
        var high = await rig.Get<SweepService>().StartAsync(Four with { LearningRates = [0.1], HiddenUnits = [3], Priority = 1 });
        Assert.True(runs.Wait(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken));

        var low = await rig.RunAsync(Four with { HiddenUnits = [5, 6, 7] });

        Assert.Equal((6, 1), (low.Counts!.Completed, most));
        mayEnd.Set();
        Assert.Equal(SweepState.Completed, (await rig.EndAsync(high.Id)).State);

        static void InterlockedMax(ref int most, int value)
        {
            for (var known = most; value > known; known = most) Interlocked.CompareExchange(ref most, value, known);
        }
    }

    [Fact]
    public async Task A_Failing_Trial_Is_Tried_Again_And_Then_Disturbs_No_Other()
    {
        var device = new ScriptedDevice((parameters, call, _) =>
        {
            if (parameters.HiddenUnits == 3 && call == 1) throw new IOException("the device was busy");
            if (parameters.HiddenUnits == 5) throw new InputException("the units do not fit", "take fewer");
        });
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(4), device);

        var sweep = await rig.RunAsync(Four with { LearningRates = [0.1] });

        Assert.Equal(SweepState.Completed, sweep.State);
        Assert.Equal(new SweepCounts(2, 0, 0, 1, 0, 1, 0, 0), sweep.Counts);
        Assert.Equal("the units do not fit; take fewer.", Assert.Single(sweep.Failures!).Reason);
        Assert.Equal([2, 1], device.Calls.OrderBy(pair => pair.Key.HiddenUnits).Select(pair => pair.Value));
    }

    [Fact]
    public async Task Baselines_Are_Trained_Beside_The_Trials()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2));

        var sweep = await rig.RunAsync(Four with { Baselines = ["naive-bayes", "lbfgs", "perceptron"] });

        Assert.Equal(new SweepCounts(4, 0, 0, 4, 0, 0, 0, 0), sweep.Counts);
        Assert.Equal(["lbfgs", "naive-bayes", "perceptron"], sweep.Baselines!.Select(baseline => baseline.Name));
        Assert.All(sweep.Baselines!, baseline => Assert.NotNull(baseline.ValidationAccuracy));
        Assert.Equal(3, rig.Store.Snapshot().Keys.Count(name => name.StartsWith("baselines/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_Large_Sweep_Runs_In_Child_Orchestrations()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(4, TrialsPerOrchestration: 4));

        var sweep = await rig.RunAsync(Four with { HiddenUnits = [2, 3, 4, 5, 6] });

        Assert.Equal(new SweepCounts(10, 0, 0, 10, 0, 0, 0, 0), sweep.Counts);
        var children = await rig.Client.GetAllInstancesAsync().Select(instance => instance.InstanceId).Order().ToListAsync();
        Assert.Equal(
            [sweep.Id, $"{sweep.Id}-part-0", $"{sweep.Id}-part-1", $"{sweep.Id}-part-2", DurableSweepHost.WatchOf(sweep.Id)], children);
    }

    [Fact]
    public async Task A_Cancel_Reaches_Running_Trials_And_A_New_Start_Finishes_The_Rest()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocked = true;
        var device = new ScriptedDevice((parameters, _, token) =>
        {
            if (!Volatile.Read(ref blocked) || parameters.HiddenUnits == 3) return;
            entered.TrySetResult();
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
        });
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1), device);
        var started = await rig.Get<SweepService>().StartAsync(Four);
        await entered.Task;

        await rig.Get<SweepControl>().CancelAsync(started.Id);
        var cancelled = await rig.EndAsync(started.Id);
        Assert.Equal(SweepState.Cancelled, cancelled.State);
        Assert.True(cancelled.Counts!.Cancelled > 0);

        Volatile.Write(ref blocked, false);
        var finished = await rig.RunAsync(Four);
        Assert.Equal(SweepState.Completed, finished.State);
        Assert.Equal(started.Id, finished.Id);
        Assert.Equal(4, finished.Counts!.Completed);
        Assert.Equal(cancelled.Counts.Completed, finished.Counts.Reused);
    }

    [Fact]
    public async Task A_Sweep_That_Cannot_Be_Planned_Is_On_Record_As_Failed()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1));
        var sweep = await rig.RunAsync(Four with { HiddenUnits = [3] });
        await rig.Store.UpdateJsonAsync<SweepDocument>(
            BlobPaths.Sweep(sweep.Id, SweepFiles.Sweep),
            document => document with { State = SweepState.Waiting, Request = new SweepRequest { Preset = "none" } });

        await rig.Get<ISweepHost>().StartAsync(sweep.Id);
        var failed = await rig.EndAsync(sweep.Id);

        Assert.Equal(SweepState.Failed, failed.State);
        Assert.Contains("none", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Start_That_Is_Sent_Often_Starts_Once()
    {
        var device = new ScriptedDevice();
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(2), device);
        var service = rig.Get<SweepService>();

        var starts = new List<StartedSweep>();
        for (var time = 0; time < 4; time++) starts.Add(await service.StartAsync(Four, idempotencyKey: "a key"));
        await rig.EndAsync(starts[0].Id);

        Assert.Single(starts.Select(start => start.Id).Distinct());
        Assert.Equal([true, false, false, false], starts.Select(start => start.IsNew));
        Assert.Equal(4, device.Calls.Count);
        Assert.All(device.Calls.Values, calls => Assert.Equal(1, calls));
    }
}
