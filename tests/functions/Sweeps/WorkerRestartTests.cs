using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using Xunit;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>A worker that is ended in mid-sweep, on Durable's engine.</summary>
public sealed class WorkerRestartTests
{
    private const int FailingUnits = 4;

    [Fact]
    public async Task Another_Worker_Replays_What_Is_Done_And_Goes_On()
    {
        // The longest trial comes first and is done. The next one fails until the pause before another try is long: in
        // that quiet moment the worker goes, since this engine forgets what a worker that goes has in hand.
        var third = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = new ScriptedDevice((parameters, call, _) =>
        {
            if (parameters.HiddenUnits != FailingUnits) return;
            if (call == 3) third.TrySetResult(DateTimeOffset.UtcNow);
            throw new IOException("the device was busy");
        });
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1), before);
        var request = new SweepRequest { LearningRates = [0.1], HiddenUnits = [2, 3, FailingUnits, 5], Epochs = 1, BatchSize = 32 };
        var started = await rig.Get<SweepService>().StartAsync(request);
        var failed = await third.Task;
        while ((await rig.Client.GetInstanceAsync(started.Id))!.LastUpdatedAt <= failed) await Task.Delay(50);
        await rig.StopWorkerAsync();

        var after = new ScriptedDevice();
        await rig.StartWorkerAsync(after);
        var sweep = await rig.EndAsync(started.Id);

        Assert.Equal((SweepState.Completed, 4), (sweep.State, sweep.Counts!.Completed));
        Assert.Equal([5, 4], before.Calls.Keys.Select(parameters => parameters.HiddenUnits).OrderDescending());
        Assert.Equal([4, 3, 2], after.Calls.Keys.Select(parameters => parameters.HiddenUnits).OrderDescending());
    }
}
