using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MusicPipeline.Errors;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>Orchestrations that end otherwise than by themselves: by hand, and by a worker of another version.</summary>
public sealed class LostSweepTests : IDisposable
{
    private const int BlockedUnits = 2;

    private static readonly SweepRequest Three = new()
    {
        LearningRates = [0.1], HiddenUnits = [BlockedUnits, 3, 4], Epochs = 1, BatchSize = 32,
    };

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _goOn = new();

    public void Dispose()
    {
        _goOn.Set();
        _goOn.Dispose();
    }

    [Fact]
    public async Task A_Terminated_Sweep_Is_On_Record_As_Failed_And_Goes_On_When_It_Is_Retried()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1), Device());
        var id = await StartAsync(rig);

        await rig.Client.TerminateInstanceAsync(id);
        // Whoever waits for the sweep's end was told; nobody has looked at it.
        var lost = await rig.EndAsync(id);

        Assert.Equal((SweepState.Failed, OrchestrationEnd.Terminated), (lost.State, lost.Error));
        Assert.NotNull(lost.FinishedAt);
        var view = await rig.Get<SweepCatalog>().GetAsync(id);
        Assert.Equal((2, 1), (view.Counts!.Completed, view.Counts.Waiting));
        foreach (var verb in new Func<SweepControl, Task>[]
        {
            c => c.PauseAsync(id), c => c.ResumeAsync(id), c => c.StopAsync(id), c => c.CancelAsync(id),
        })
            Assert.Contains(
                "is failed",
                (await Assert.ThrowsAsync<InputException>(() => verb(rig.Get<SweepControl>()))).Message,
                StringComparison.Ordinal);
        _goOn.Set();
        await rig.Get<SweepControl>().RetryAsync(id);
        var ended = await rig.EndAsync(id);
        Assert.Equal((SweepState.Completed, 2, 3), (ended.State, ended.Run, ended.Counts!.Completed));
        Assert.InRange(ended.Counts.Reused, 2, 3);
    }

    [Fact]
    public async Task A_Worker_With_Other_Steps_Ends_A_Sweep_With_A_Reason()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1), Device());
        var id = await StartAsync(rig);
        await rig.StopWorkerAsync();
        _goOn.Set();

        var after = new ScriptedDevice();
        await rig.StartWorkerAsync(after, async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            return SweepState.Completed;
        });
        await rig.Get<SweepControl>().PauseAsync(id);
        var lost = await rig.EndAsync(id);

        Assert.Equal((SweepState.Failed, OrchestrationEnd.OtherVersion, HaltKind.None), (lost.State, lost.Error, lost.Halt));
        Assert.Empty(after.Calls);
    }

    [Fact]
    public async Task A_Sweep_Of_Another_Version_Is_Not_Gone_On_With()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1));
        var older = new ScriptedOrchestrationContext((_, _) => throw new InvalidOperationException("It asked for something."));
        older.SetVersion("0");

        Assert.Contains(
            "another version",
            (await Assert.ThrowsAnyAsync<Exception>(() => SweepOrchestrators.RunSweep(older, "sweep-1"))).Message,
            StringComparison.Ordinal);
        Assert.Empty(older.Asked);
    }

    [Fact]
    public async Task A_Part_That_Is_Terminated_Ends_The_Sweep()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1, TrialsPerOrchestration: 2), Device(blocked: 4));
        var id = await StartAsync(rig);
        Assert.Equal(SweepState.Running, (await rig.Get<SweepCatalog>().GetAsync(id)).State);

        await rig.Client.TerminateInstanceAsync($"{id}-part-0");
        var lost = await rig.EndAsync(id);

        Assert.Equal((SweepState.Failed, OrchestrationEnd.Terminated), (lost.State, lost.Error));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("list")]
    [InlineData("events")]
    [InlineData("report")]
    [InlineData("retry")]
    [InlineData("extend")]
    [InlineData("cancel")]
    [InlineData("delete")]
    [InlineData("start")]
    public async Task Whoever_Looks_Finds_What_Nobody_Was_Left_To_Tell(string who)
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1), Device());
        var id = await StartAsync(rig);
        await rig.Client.TerminateInstanceAsync(DurableSweepHost.WatchOf(id));
        await rig.EndAsync(id);
        // The sweep itself is not dead yet.
        Assert.Equal(SweepState.Running, (await rig.Get<SweepCatalog>().GetAsync(id)).State);
        await rig.Client.TerminateInstanceAsync(id);
        await rig.Client.WaitForInstanceCompletionAsync(id);
        Assert.Equal(SweepState.Running, (await rig.DocumentAsync(id)).State);

        switch (who)
        {
            case "get":
                Assert.Equal(SweepState.Failed, (await rig.Get<SweepCatalog>().GetAsync(id)).State);
                break;
            case "list":
                Assert.Equal(SweepState.Failed, Assert.Single(await rig.Get<SweepCatalog>().ListAsync()).State);
                break;
            case "events":
                var events = await (await rig.Get<SweepEvents>().FollowAsync(id)).ToListAsync();
                Assert.Equal(2, events.Count(one => one.Data is TrialView { State: TrialState.Completed }));
                var end = Assert.IsType<StatusEvent>(events[^1].Data);
                Assert.Equal(
                    (SweepState.Failed, OrchestrationEnd.Terminated, 2, 0),
                    (end.State, end.Error, end.Counts!.Completed, end.Counts.Running));
                break;
            case "report":
                Assert.Contains(
                    "failed",
                    (await Assert.ThrowsAsync<InputException>(() => rig.Get<SweepCatalog>().ReadReportAsync(id, null, null))).Message,
                    StringComparison.Ordinal);
                break;
            case "cancel":
                await Assert.ThrowsAsync<InputException>(() => rig.Get<SweepControl>().CancelAsync(id));
                break;
            case "delete":
                await rig.Get<SweepControl>().DeleteAsync(id);
                Assert.Null(await rig.Store.FindAsync(BlobPaths.Sweep(id, SweepFiles.Sweep)));
                return;
            default:
                _goOn.Set();
                if (who == "retry") await rig.Get<SweepControl>().RetryAsync(id);
                else if (who == "extend") await rig.Get<SweepControl>().ExtendAsync(id, new() { HiddenUnits = [6] });
                else await rig.Get<SweepService>().StartAsync(Three);
                var ended = await rig.EndAsync(id);
                Assert.Equal((SweepState.Completed, 2), (ended.State, ended.Run));
                return;
        }

        Assert.Equal(
            (SweepState.Failed, OrchestrationEnd.Terminated), ((await rig.DocumentAsync(id)).State, (await rig.DocumentAsync(id)).Error));
    }

    [Fact]
    public async Task A_Sweep_That_Is_Being_Started_Is_Not_Lost()
    {
        _goOn.Set();
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1), Device());
        var first = await rig.RunAsync(Three);

        // As a second start has left it before it asks Durable, where the first run's orchestrations have ended.
        await rig.Store.UpdateJsonAsync<SweepDocument>(
            BlobPaths.Sweep(first.Id, SweepFiles.Sweep), document => document with { State = SweepState.Waiting, Run = 2 });
        Assert.Equal(SweepState.Waiting, (await rig.Get<SweepCatalog>().GetAsync(first.Id)).State);

        // As a first start has.
        await rig.Client.PurgeInstanceAsync(first.Id);
        await rig.Client.PurgeInstanceAsync(DurableSweepHost.WatchOf(first.Id));
        Assert.Equal(SweepState.Waiting, (await rig.Get<SweepCatalog>().GetAsync(first.Id)).State);

        // It ran, and the task hub was emptied.
        await rig.Store.UpdateJsonAsync<SweepDocument>(
            BlobPaths.Sweep(first.Id, SweepFiles.Sweep), document => document with { State = SweepState.Running });
        Assert.Equal((SweepState.Failed, OrchestrationEnd.Gone), await EndOfAsync(rig, first.Id));
    }

    [Fact]
    public async Task A_Start_That_Was_Terminated_Before_It_Did_Anything_Is_Lost()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1), Device());
        await rig.StopWorkerAsync();
        var started = await rig.Get<SweepService>().StartAsync(Three);
        Assert.Equal(SweepState.Waiting, (await rig.Get<SweepCatalog>().GetAsync(started.Id)).State);
        await rig.Client.TerminateInstanceAsync(DurableSweepHost.WatchOf(started.Id));
        await rig.StartWorkerAsync(new ScriptedDevice(), async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return SweepState.Completed;
        });
        await rig.EndAsync(started.Id);
        await rig.Client.WaitForInstanceStartAsync(started.Id);
        await rig.Client.TerminateInstanceAsync(started.Id);
        await rig.Client.WaitForInstanceCompletionAsync(started.Id);

        Assert.Equal((SweepState.Failed, OrchestrationEnd.Terminated), await EndOfAsync(rig, started.Id));
    }

    private static async Task<(SweepState, string?)> EndOfAsync(DurableRig rig, string id)
    {
        var view = await rig.Get<SweepCatalog>().GetAsync(id);
        return (view.State, view.Error);
    }

    /// <summary>A device on which one trial waits, the last one.</summary>
    private ScriptedDevice Device(int blocked = BlockedUnits) => new((parameters, _, token) =>
    {
        if (parameters.HiddenUnits != blocked) return;
        _entered.TrySetResult();
        _goOn.Wait(TimeSpan.FromMinutes(5), token);
    });

    private async Task<string> StartAsync(DurableRig rig)
    {
        var started = await rig.Get<SweepService>().StartAsync(Three);
        await _entered.Task.WaitAsync(TimeSpan.FromMinutes(5));
        return started.Id;
    }
}
