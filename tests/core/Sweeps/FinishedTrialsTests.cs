using System.Collections.Concurrent;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Tests.Reports;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class FinishedTrialsTests
{
    [Fact]
    public void Keeps_The_Latest_Results_Within_Its_Capacity()
    {
        var trials = Enumerable.Range(1, 5)
            .Select(units => SyntheticSweep.Trial(new HyperParameters(0.01, units, 8), SyntheticSweep.Learning(8, 1, 0.1, 0.2, 0)))
            .ToArray();
        var kept = new FinishedTrials(capacity: 3 * (32 + 8));
        foreach (var trial in trials) kept.Add(trial.Record, trial.History);

        Assert.Equal([false, false, true, true, true], trials.Select(trial => kept.FindRecord(trial.Record.Trial.Id) is not null));
        Assert.Equal(trials[4].History, kept.FindHistory(trials[4].Record.Trial.Id));
    }

    [Fact]
    public void Takes_Curves_That_Come_After_Their_Record()
    {
        var trial = SyntheticSweep.Trial(new HyperParameters(0.01, 4, 8), SyntheticSweep.Learning(8, 1, 0.1, 0.2, 0));
        var id = trial.Record.Trial.Id;
        var kept = new FinishedTrials();
        kept.Add(trial.Record, history: null);
        Assert.Equal((trial.Record, null), (kept.FindRecord(id), kept.FindHistory(id)));

        kept.Add(trial.Record, trial.History);
        kept.Add(trial.Record, history: null);
        Assert.Equal(trial.History, kept.FindHistory(id));
    }

    [Fact]
    public async Task A_Report_Reads_The_Records_That_Training_Found_Only_Once()
    {
        var store = await SweepRig.StoreAsync();
        var first = await new SweepRig(store).RunAsync(new SweepRequest { HiddenUnits = [4, 8], Epochs = 2 });
        var reads = new ConcurrentQueue<string>();
        var rig = new SweepRig(new FaultyArtifactStore(store, call =>
        {
            if (call.Operation == "TryRead" && call.Path.Container == Containers.Trials) reads.Enqueue(call.Path.Name);
            return StoreFault.None;
        }));

        var again = await rig.RunAsync(new SweepRequest { HiddenUnits = [4, 8], Epochs = 2 }, key: "again");

        Assert.Equal((SweepState.Completed, 2, first.Best), (again.State, again.Counts!.Reused, again.Best));
        Assert.Equal(2, reads.Count(name => name.EndsWith(SweepFiles.Trial, StringComparison.Ordinal)));
        Assert.Equal(2, reads.Count(name => name.EndsWith(SweepFiles.History, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_Report_Says_The_Same_Whether_Its_Trials_Are_Kept_Or_Read()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);
        var plan = await rig.PlanAsync(new SweepRequest { LearningRates = [0.1, 0.01], HiddenUnits = [4, 8], Epochs = 2 });
        await rig.Train.RunAsync(new TrialPack(plan.SweepId, [0, 1, 2, 3]));
        var tally = new SweepTally("cccc", 0, 0.5, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0, 0, [], "");
        var ending = new SweepEnding(plan.SweepId, HaltKind.None, tally, plan.Run);

        await rig.Aggregate.RunAsync(ending);
        var kept = await TextsAsync();
        await new SweepRig(store).Aggregate.RunAsync(ending);

        Assert.Equal(kept, await TextsAsync());

        async Task<string[]> TextsAsync() =>
        [
            await ReadAsync(SweepFiles.Histories), await ReadAsync(SweepFiles.Trials), await ReadAsync(SweepFiles.ReportMarkdown),
        ];

        async Task<string> ReadAsync(string file) =>
            Convert.ToHexString((await store.TryReadAsync(BlobPaths.Sweep(plan.SweepId, file)))!.Bytes.ToArray());
    }
}
