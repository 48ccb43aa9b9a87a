using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Sweeps whose results decide which trials start and how far they go, with real trainings.</summary>
public sealed class SearchRunTests
{
    private static readonly Pruner Halving = new AsynchronousHalving();

    private static readonly SweepRequest Request = new()
    {
        Dataset = "notes",
        LearningRates = [0.0001, 0.001, 0.01, 0.03, 0.1],
        HiddenUnits = [2, 8],
        Epochs = 9,
        Pruner = Halving,
    };

    [Fact]
    public async Task Halving_Trains_Few_Trials_To_Their_End_And_Keeps_The_Curves_Of_The_Others()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store, parallel: 1);

        var document = await rig.RunAsync(Request);

        Assert.Equal(SweepState.Completed, document.State);
        Assert.InRange(document.Counts!.Completed, 1, 3);
        Assert.Equal(10, document.Counts.Completed + document.Counts.Pruned);
        var view = await rig.Catalog.GetAsync(document.Id, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var trial in view.Trials.Where(trial => trial.State == TrialState.Pruned))
        {
            var paused = await store.TryReadJsonAsync<PausedTrial>(BlobPaths.Trial(trial.Id, SweepFiles.Paused));
            Assert.Equal((trial.Epoch, TrainingOutcome.Stopped), (paused!.History.Epochs, paused.Record.Outcome));
            Assert.Contains(trial.Epoch, (int[])[1, 3]);
        }

        Assert.Equal(document.Counts.Pruned, view.Trials.Count(trial => trial.State == TrialState.Pruned));
        var table = await store.TryReadAsync(BlobPaths.Sweep(document.Id, SweepFiles.Trials));
        Assert.Contains("pruned", System.Text.Encoding.UTF8.GetString(table!.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Trial_That_Was_Promoted_Has_The_Bits_Of_One_That_Never_Stopped()
    {
        var searched = await SweepRig.StoreAsync();
        var whole = await SweepRig.StoreAsync();

        var document = await new SweepRig(searched, parallel: 2).RunAsync(Request);
        await new SweepRig(whole, parallel: 2).RunAsync(Request with { Pruner = null });

        var best = document.Best!.TrialId;
        foreach (var file in (string[])[SweepFiles.Model, SweepFiles.History])
        {
            var one = await searched.TryReadAsync(BlobPaths.Trial(best, file));
            var other = await whole.TryReadAsync(BlobPaths.Trial(best, file));
            Assert.Equal(other!.Bytes.ToArray(), one!.Bytes.ToArray());
        }

        Assert.Null(await searched.FindAsync(BlobPaths.Trial(best, SweepFiles.Paused)));
    }

    [Fact]
    public async Task A_Sweep_That_Runs_Again_Trains_Nothing_Again()
    {
        var store = await SweepRig.StoreAsync();
        var first = await new SweepRig(store, parallel: 1).RunAsync(Request);
        var watching = new EpochCounter();

        var again = await new SweepRig(store, parallel: 1, observer: watching).RunAsync(Request, runAgain: true);

        Assert.Equal(0, watching.Epochs);
        Assert.Equal(first.Best, again.Best);
        Assert.Equal(first.Counts! with { Reused = 10 }, again.Counts);
    }

    [Fact]
    public async Task Parts_Hand_The_Board_On()
    {
        var whole = await new SweepRig(await SweepRig.StoreAsync(), parallel: 1).RunAsync(Request);
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 1, partSize: 3);

        var parts = await rig.RunAsync(Request);

        Assert.Equal((whole.Best, whole.Counts), (parts.Best, parts.Counts));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("asha")]
    public async Task Conditions_End_The_Sweep_And_Say_Why(string pruner)
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 1);
        var request = Request with { Pruner = Pruner.Kinds.Find(pruner), Stop = new() { Trials = 4 } };

        var document = await rig.RunAsync(request);

        Assert.Null(document.Error);
        Assert.Equal((SweepState.Completed, StopCause.Trials), (document.State, document.StopCause));
        Assert.Equal(4, document.Counts!.Completed + document.Counts.Pruned);
        Assert.Equal(6, document.Counts.Cancelled);
        Assert.All(
            document.Failures!, failure => Assert.Contains("as many trials as were asked for", failure.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_Epoch_Budget_Counts_What_Was_Trained()
    {
        var watching = new EpochCounter();
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 1, observer: watching);

        var document = await rig.RunAsync(Request with { Pruner = null, Stop = new() { Epochs = 20 } });

        Assert.Equal(27, watching.Epochs);
        Assert.Equal((StopCause.Epochs, 3), (document.StopCause, document.Counts!.Completed));
    }

    [Fact]
    public async Task A_Sweep_Of_Which_Everything_Is_Pruned_Has_A_Report_And_No_Winner()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 2);

        var document = await rig.RunAsync(Request with { LearningRates = [0.0001, 0.0002], Pruner = new ThresholdPruner { Limit = 1 } });

        if (document.Error is not null) Assert.Fail(document.Error);
        Assert.Equal((SweepState.Completed, 4), (document.State, document.Counts!.Pruned));
        Assert.Null(document.Best);
    }

    [Fact]
    public async Task A_Threshold_Ends_A_Trial_By_Its_Own_Curve()
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: 2);

        var document = await rig.RunAsync(Request with { Pruner = new ThresholdPruner { Limit = 1, WarmupEpochs = 2 } });

        Assert.Equal(SweepState.Completed, document.State);
        var view = await rig.Catalog.GetAsync(document.Id, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(view.Trials, trial => trial is { State: TrialState.Pruned, Epoch: > 2 and < 9 });
    }

    private sealed class EpochCounter : ITrialObserver
    {
        private int _epochs;

        public int Epochs => _epochs;

        public void OnEpoch(Trial trial, int epoch, EpochMetrics metrics) => Interlocked.Increment(ref _epochs);

        public void OnFinished(Trial trial, TrialRecord record, bool reused)
        {
        }
    }
}
