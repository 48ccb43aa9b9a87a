using CsCheck;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class SweepPlannerTests
{
    private const string Version = "0123456789abcdef";

    [Fact]
    public void The_Preset_Baseline_Is_One_Trial() => Assert.Equal(
        [new HyperParameters(0.001, 256, 10, 128, 1)],
        Plan(new SweepRequest { Preset = "baseline" }).Trials.Select(trial => trial.Parameters));

    [Fact]
    public void Learning_Rates_Are_Four_Trials() => Assert.Equal(
        new[] { 0.1, 0.01, 0.001, 0.0001 }.Select(rate => new HyperParameters(rate, 256, 20, 128, 1)),
        Plan(new SweepRequest { Preset = "learning-rate" }).Trials.Select(trial => trial.Parameters));

    [Fact]
    public void Hidden_Units_Are_Nine_Trials() => Assert.Equal(
        new[] { 4, 8, 16, 32, 64, 128, 256, 512, 1024 }.Select(units => new HyperParameters(0.001, units, 40, 128, 1)),
        Plan(new SweepRequest { Preset = "hidden-units" }).Trials.Select(trial => trial.Parameters));

    [Fact]
    public void The_Lab_Is_All_Of_Them()
    {
        var plan = Plan(new SweepRequest());

        Assert.Equal("lab", plan.Preset);
        Assert.Equal(
            [("baseline", 1), ("learning-rate", 4), ("hidden-units", 9)],
            plan.Studies.Select(study => (study.Name, study.TrialIds.Count)));
        Assert.Equal(14, plan.Trials.Count);
        Assert.Equal(450, plan.Trials.Sum(trial => trial.Parameters.Epochs));
        Assert.All(plan.Trials, trial => Assert.Equal(ValidationRule.TestSet, trial.Validation));
        Assert.Equal(plan.Trials.Select(trial => trial.Id), plan.Studies.SelectMany(study => study.TrialIds));
    }

    [Fact]
    public void Ids_Stay_What_They_Are_From_Release_To_Release()
    {
        // A change here loses every result on record: raise TrialId.TrainerVersion only when the numbers change.
        var plan = Plan(new SweepRequest { Preset = "baseline" });

        Assert.Equal("4780925d45c502af2a29", plan.Trials.Single().Id);
        Assert.Equal("baseline-ce4d0819d7", plan.SweepId);
    }

    [Fact]
    public void Equal_Trials_Of_Several_Studies_Are_One()
    {
        var plan = Plan(new SweepRequest { Preset = "lab", Epochs = 5 });

        Assert.Equal(12, plan.Trials.Count);
        Assert.Equal([1, 4, 9], plan.Studies.Select(study => study.TrialIds.Count));
        Assert.Equal(
            [plan.Studies[0].TrialIds[0]],
            plan.Studies[1].TrialIds.Intersect(plan.Studies[2].TrialIds));
    }

    [Fact]
    public void A_Grid_Is_Every_Pair_Once()
    {
        var plan = Plan(
            new SweepRequest { LearningRates = [0.1, 0.01, 0.1], HiddenUnits = [8, 4, 8], Epochs = 3, BatchSize = 7, Seed = -2 });

        Assert.Null(plan.Preset);
        Assert.Equal(ValidationRule.HoldOut(0.2), plan.Validation);
        Assert.Equal(
            [(0.1, 8), (0.1, 4), (0.01, 8), (0.01, 4)],
            plan.Trials.Select(trial => (trial.Parameters.LearningRate, trial.Parameters.HiddenUnits)));
        Assert.All(
            plan.Trials, trial => Assert.Equal((3, 7, -2), (trial.Parameters.Epochs, trial.Parameters.BatchSize, trial.Parameters.Seed)));
        Assert.Equal(["grid"], plan.Studies.Select(study => study.Name));
    }

    [Fact]
    public void A_Grid_Has_Defaults()
    {
        Assert.Equal(
            [new HyperParameters(0.5, 256, 20, 128, 1)],
            Plan(new SweepRequest { LearningRates = [0.5] }).Trials.Select(trial => trial.Parameters));
        Assert.Equal(
            [new HyperParameters(0.001, 3, 20, 128, 1)],
            Plan(new SweepRequest { HiddenUnits = [3] }).Trials.Select(trial => trial.Parameters));
    }

    [Fact]
    public void The_Longest_Trial_Starts_First()
    {
        var plan = Plan(new SweepRequest { Preset = "lab" });
        var order = plan.LongestFirst();

        Assert.Equal(Enumerable.Range(0, 14), order.Order());
        Assert.Equal(
            [1024, 512, 256, 128, 256, 256, 256, 256, 64, 256, 32, 16, 8, 4],
            order.Select(index => plan.Trials[index].Parameters.HiddenUnits));
    }

    [Fact]
    public void A_Sweep_Is_Named_By_Its_Content()
    {
        var request = new SweepRequest { LearningRates = [0.01], HiddenUnits = [4, 8] };
        var id = Plan(request).SweepId;
        string[] others =
        [
            Plan(request with { Seed = 2 }).SweepId,
            Plan(request with { HiddenUnits = [8, 4] }).SweepId,
            Plan(request with { Validation = ValidationRule.TestSet }).SweepId,
            SweepPlanner.Plan(request, "notes", "fedcba9876543210").SweepId,
            SweepPlanner.Plan(request, "other", Version).SweepId,
            SweepPlanner.Plan(request, "notes", Version, "key").SweepId,
            SweepPlanner.Plan(request, "notes", Version, "key 2").SweepId,
        ];

        Assert.Matches("^grid-[0-9a-f]{10}$", id);
        Assert.Equal(id, Plan(request with { Dataset = "notes", Epochs = 20, BatchSize = 128, Seed = 1 }).SweepId);
        Assert.Equal(id, Plan(request with { LearningRates = [0.01, 0.01], Validation = ValidationRule.HoldOut(0.2) }).SweepId);
        Assert.Equal(others.Length + 1, others.Append(id).Distinct().Count());
    }

    [Fact]
    public void The_Same_Request_Is_The_Same_Plan() =>
        Gen.Select(Gen.Double[1e-9, 100].Array[1, 6], Gen.Int[1, 16_384].Array[1, 6], Gen.Int).Sample((rates, units, seed) =>
        {
            var request = new SweepRequest { LearningRates = rates, HiddenUnits = units, Seed = seed };
            var (one, other) = (Plan(request), Plan(request with { LearningRates = [.. rates], HiddenUnits = [.. units] }));
            Assert.Equal(one.SweepId, other.SweepId);
            Assert.Equal(one.Trials, other.Trials);
            Assert.Equal(rates.Distinct().Count() * units.Distinct().Count(), one.Trials.Select(trial => trial.Id).Distinct().Count());
        });

    [Fact]
    public void A_Sweep_Has_At_Most_Ten_Thousand_Trials()
    {
        var rates = Enumerable.Range(1, 100).Select(rate => rate / 1000.0).ToArray();

        Assert.Equal(10_000, Plan(new SweepRequest { LearningRates = rates, HiddenUnits = [.. Enumerable.Range(1, 100)] }).Trials.Count);
        Refuses(
            new SweepRequest { LearningRates = rates, HiddenUnits = [.. Enumerable.Range(1, 101)] },
            "the grid has 10100 trials and a sweep takes at most 10000; give fewer learning rates or hidden units.");
    }

    [Fact]
    public void Contradictions_And_Impossible_Values_Are_Refused()
    {
        Refuses(
            new SweepRequest { Preset = "Lab" },
            "there is no preset 'Lab'; choose one of baseline, learning-rate, hidden-units, lab, or give learning rates and hidden units.");
        Refuses(
            new SweepRequest { Preset = "lab", HiddenUnits = [4] },
            "the preset 'lab' has its own learning rates and hidden units; give either a preset, or learning rates and hidden units.");
        foreach (var rate in new[] { 0, -0.1, 100.1, double.NaN, double.PositiveInfinity })
        {
            Refuses(
                new SweepRequest { LearningRates = [0.1, rate] },
                $"the learning rate {rate} is out of range; give learning rates above 0 and at most 100.");
        }

        Refuses(new SweepRequest { HiddenUnits = [0] }, "the number of hidden units 0 is out of range; give 1 to 16384.");
        Refuses(new SweepRequest { HiddenUnits = [16_385] }, "the number of hidden units 16385 is out of range; give 1 to 16384.");
        Refuses(new SweepRequest { Epochs = 0 }, "the number of epochs 0 is out of range; give 1 to 10000.");
        Refuses(new SweepRequest { Epochs = 10_001 }, "the number of epochs 10001 is out of range; give 1 to 10000.");
        Refuses(new SweepRequest { BatchSize = 65_537 }, "the batch size 65537 is out of range; give 1 to 65536.");
        Refuses(new SweepRequest { LearningRates = [] }, "the list of learning rates is empty; give at least one.");
        Refuses(new SweepRequest { HiddenUnits = [] }, "the list of hidden units is empty; give at least one.");
    }

    private static SweepPlan Plan(SweepRequest request) => SweepPlanner.Plan(request, "notes", Version);

    private static void Refuses(SweepRequest request, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => Plan(request)).Message);
}
