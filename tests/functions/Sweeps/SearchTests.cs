using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>Searches on Durable's engine: every decision is replayed from its history.</summary>
public sealed class SearchTests
{
    private static readonly SweepRequest Twelve = new()
    {
        LearningRates = [0.0001, 0.001, 0.01, 0.1],
        HiddenUnits = [2, 4, 8],
        Epochs = 9,
        BatchSize = 16,
        Pruner = new AsynchronousHalving(),
    };

    [Theory]
    [InlineData(1, 300, 1)]
    [InlineData(3, 7, 2)]
    public async Task Halving_Trains_Few_Trials_To_Their_End(int parallel, int trialsPerOrchestration, int leastParts)
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(parallel, trialsPerOrchestration));

        var sweep = await rig.RunAsync(Twelve);

        Assert.Equal((SweepState.Completed, null), (sweep.State, sweep.Error));
        Assert.InRange(sweep.Counts!.Completed, 1, 4);
        Assert.Equal(12, sweep.Counts.Completed + sweep.Counts.Pruned);
        var epochs = 0;
        var view = await rig.Get<SweepCatalog>().GetAsync(sweep.Id);
        foreach (var trial in view.Trials)
        {
            // Either ended or paused at a check, and never both.
            var history = await rig.Store.TryReadJsonAsync<TrainingHistory>(BlobPaths.Trial(trial.Id, SweepFiles.History));
            var paused = await rig.Store.TryReadJsonAsync<PausedTrial>(BlobPaths.Trial(trial.Id, SweepFiles.Paused));
            Assert.Equal(trial.State == TrialState.Completed, history is not null);
            Assert.Equal(trial.State == TrialState.Pruned, paused is not null);
            Assert.Contains(paused?.History.Epochs ?? 9, trial.State == TrialState.Completed ? [9] : (int[])[1, 3]);
            epochs += trial.Epoch;
        }

        Assert.InRange(epochs, 12, 12 * 9 / 2);
        Assert.Equal(TrialState.Completed, view.Trials.Single(trial => trial.Id == sweep.Best!.TrialId).State);
        Assert.Contains($"sweeps/{sweep.Id}/report.html", rig.Store.Snapshot().Keys);
        var instances = await rig.Client.GetAllInstancesAsync().Select(instance => instance.InstanceId).ToListAsync();
        Assert.InRange(instances.Count(id => id.StartsWith($"{sweep.Id}-part-", StringComparison.Ordinal)), leastParts, 12);
    }

    [Fact]
    public async Task A_Search_That_Runs_Again_Trains_Nothing_Twice()
    {
        var device = new ScriptedDevice();
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1), device);
        var first = await rig.RunAsync(Twelve);
        var trained = device.Calls;

        var second = await rig.RunAsync(Twelve, runAgain: true);

        Assert.Equal((SweepState.Completed, 2, first.Best), (second.State, second.Run, second.Best));
        Assert.Equal(first.Counts!.Completed, second.Counts!.Completed);
        Assert.Equal(12, second.Counts.Reused);
        Assert.Equal(trained, device.Calls);
    }

    [Fact]
    public async Task A_Stop_Condition_Ends_The_Search_With_A_Winner()
    {
        await using var rig = await DurableRig.StartAsync(new SweepCapacity(1));

        var sweep = await rig.RunAsync(Twelve with { Stop = new() { Trials = 3 } });

        Assert.Equal((SweepState.Completed, StopCause.Trials), (sweep.State, sweep.StopCause));
        Assert.True(sweep.Counts!.Completed > 0 && sweep.Counts.Cancelled > 0);
        Assert.NotNull(sweep.Best);
    }
}
