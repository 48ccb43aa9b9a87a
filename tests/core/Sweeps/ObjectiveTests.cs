using System.Text;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Reports;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Tests.Reports;
using MusicPipeline.Tests.Training;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Training.Cpu;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Sweeps whose trials are compared by something else than accuracy.</summary>
public sealed class ObjectiveTests
{
    private static readonly SweepRequest Grid = new()
    {
        LearningRates = [0.3, 0.1, 0.01], HiddenUnits = [3, 12], Epochs = 4, BatchSize = 16, Objective = Objective.Loss,
    };

    [Fact]
    public async Task The_Lowest_Loss_Wins()
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store);

        var sweep = await rig.RunAsync(Grid);

        var records = await RecordsAsync(store, sweep.Id);
        var best = records.MinBy(record => record.Last!.ValidationLoss)!;
        Assert.Equal(
            (best.Trial.Id, (Objective?)Objective.Loss, (double?)best.Last!.ValidationLoss, best.Last.ValidationAccuracy),
            (sweep.Best!.TrialId, sweep.Best.Objective, sweep.Best.Value, sweep.Best.ValidationAccuracy));
        var report = Encoding.UTF8.GetString(store.Snapshot()[$"sweeps/{sweep.Id}/report.md"]);
        Assert.Contains("Trials are compared by validation loss, the lower the better.", report, StringComparison.Ordinal);
        Assert.Contains("It was chosen by validation loss, the lower the better: ", report, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Objective_Makes_Another_Sweep_Of_The_Same_Trials()
    {
        var (loss, accuracy) = (Plan(Grid), Plan(Grid with { Objective = null }));

        Assert.NotEqual(accuracy.SweepId, loss.SweepId);
        Assert.Equal(accuracy.SweepId, Plan(Grid with { Objective = Objective.Accuracy }).SweepId);
        Assert.Equal(accuracy.Trials, loss.Trials);
        Assert.DoesNotContain("objective", JsonSerializer.Serialize(accuracy, PipelineJson.Compact), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Sampler_Learns_From_The_Loss()
    {
        var store = await SweepRig.StoreAsync();
        var space = new SpaceRequest
        {
            [HyperParameter.LearningRate] = ParameterRange.Between(RangeKind.LogUniform, 0.0001, 0.3),
        };
        var sweep = await new SweepRig(store, parallel: 1).RunAsync(new SweepRequest
        {
            Space = space,
            Sampler = new TpeSampler { Trials = 9, StartupTrials = 3 },
            Epochs = 2,
            BatchSize = 16,
            Objective = Objective.Loss,
        });

        var plan = (await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(sweep.Id, SweepFiles.Plan)))!;
        var sampler = new TpeSampler { StartupTrials = 3 };
        var known = new List<Observation>();
        foreach (var trial in plan.Trials)
        {
            Assert.Equal(sampler.Next(SearchSpace.Of(space, new HyperParameters(0.001, 256, 2, 16)), known, known.Count), trial.Parameters);
            var record = await store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(trial.Id, SweepFiles.Trial));
            known.Add(new(trial.Parameters, TrialState.Completed, Math.Round(-record!.Last!.ValidationLoss, 5), 2));
        }

        Assert.Equal(9, plan.Trials.Count);
    }

    [Fact]
    public async Task A_Sweep_Stops_At_A_Figure_Of_Its_Objective()
    {
        var store = await SweepRig.StoreAsync();

        var sweep = await new SweepRig(store, parallel: 1).RunAsync(Grid with { Stop = new StopRequest { At = 50 } });

        Assert.Equal((StopCause.Objective, 1, 5), (sweep.StopCause, sweep.Counts!.Completed, sweep.Counts.Cancelled));
        Assert.Contains(
            "a trial had reached the validation loss that was asked for (50.0000)",
            Encoding.UTF8.GetString(store.Snapshot()[$"sweeps/{sweep.Id}/report.md"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pruners_Compare_By_It_Unless_They_Name_Their_Own()
    {
        Assert.Equal(new MedianPruner { Metric = Objective.Loss }, new MedianPruner().By(Objective.Loss));
        Assert.Equal(
            new MedianPruner { Metric = Objective.Accuracy }, new MedianPruner { Metric = Objective.Accuracy }.By(Objective.Loss));
        Assert.Equal(new MedianPruner(), new MedianPruner().By(Objective.Accuracy));
        Assert.Equal(Objective.Loss, new PatientPruner { Inner = new AsynchronousHalving() }.By(Objective.Loss).ComparedBy);
    }

    [Fact]
    public void The_Best_Epoch_Is_Restored_By_The_Objective()
    {
        var request = Grid with { RestoreBest = true };
        var trial = Plan(request).Trials[0];
        Assert.Equal(Objective.Loss, trial.Parameters.RestoreBest);
        Assert.NotEqual(Plan(Grid).Trials[0].Id, trial.Id);

        var history = new TrainingHistory([4, 3, 2, 1], [0.1, 0.2, 0.3, 0.4], [3, 2, 2, 5], [0.6, 0.5, 0.7, 0.9]);
        var trained = new CpuTrainingDevice().Train(TrainingCases.Split(rows: 30), new HyperParameters(0.1, 2, 1));
        var record = TrialRecord.From(trial, trained with { History = history }, 1, "cpu");

        Assert.Equal((2, 0.5, new EpochMetrics(3, 0.2, 2, 0.5)), (record.BestEpoch, record.BestValidationAccuracy, record.Last));
        Assert.All(
            Plan(new SweepRequest { RestoreBest = true }).Trials, each => Assert.Equal(Objective.Accuracy, each.Parameters.RestoreBest));
    }

    [Fact]
    public void Trials_Without_The_Figure_Are_Not_Ranked()
    {
        var trial = SyntheticSweep.Trial(new HyperParameters(0.1, 8, 2), SyntheticSweep.History(0.5, 0.25));
        var sweep = SyntheticSweep.Of(null, [trial], ("grid", [trial])) with { Objective = Objective.MacroF1, BestTrialId = null };

        Assert.Null(Winner.Of([trial], Objective.MacroF1));
        var report = SweepReport.Markdown(sweep, SweepCharts.Draw(sweep));
        Assert.Contains(
            "1 trial on record from before it was measured has no validation macro F1 and is not ranked.",
            report,
            StringComparison.Ordinal);
        Assert.Contains("not measured", report, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Accuracy_To_Stop_At_Goes_With_Accuracy_Alone()
    {
        var exception = Assert.Throws<InputException>(() => Plan(Grid with { Stop = new StopRequest { Accuracy = 0.9 } }));

        Assert.Equal(
            "the sweep compares its trials by validation loss, and its stop conditions name an accuracy; "
            + "say at instead, a figure of the objective.",
            exception.Message);
    }

    private static SweepPlan Plan(SweepRequest request) => SweepPlanner.Plan(request, "notes", "v1");

    private static async Task<IReadOnlyList<TrialRecord>> RecordsAsync(InMemoryArtifactStore store, string id)
    {
        var plan = (await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(id, SweepFiles.Plan)))!;
        var records = await Task.WhenAll(
            plan.Trials.Select(trial => store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(trial.Id, SweepFiles.Trial))));
        return [.. records.OfType<TrialRecord>()];
    }
}
