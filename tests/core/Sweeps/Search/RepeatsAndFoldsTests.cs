using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class RepeatsAndFoldsTests
{
    [Fact]
    public void Repeats_Train_Each_Point_With_Several_Seeds()
    {
        var plan = Plan(new SweepRequest { HiddenUnits = [4, 8], Seed = 5, Repeats = 3 });
        var lab = Plan(new SweepRequest { Repeats = 2 });

        Assert.Equal(
            [(4, 5), (4, 6), (4, 7), (8, 5), (8, 6), (8, 7)],
            plan.Trials.Select(trial => (trial.Parameters.HiddenUnits, trial.Parameters.Seed)));
        Assert.Equal(28, lab.Trials.Count);
        Assert.Equal(
            Plan(new SweepRequest { HiddenUnits = [4, 8] }).SweepId, Plan(new SweepRequest { HiddenUnits = [4, 8], Repeats = 1 }).SweepId);
    }

    [Fact]
    public void Folds_Train_Each_Point_Once_A_Fold()
    {
        var request = new SweepRequest { HiddenUnits = [4, 8], Repeats = 2, Validation = ValidationRule.InFolds(3) };
        var plan = Plan(request);

        Assert.Equal(12, plan.Trials.Count);
        Assert.Equal(
            ["3-fold/1", "3-fold/2", "3-fold/3", "3-fold/1"],
            plan.Trials.Take(4).Select(trial => trial.Validation.ToString()));
        Assert.Equal(12, plan.Trials.Select(trial => trial.Id).Distinct().Count());
        Assert.Equal("3-fold", plan.Validation.ToString());
        var third = plan.Trials[2].Validation;
        Assert.Equal(
            "the validation 3-fold/3 is one fold alone; say 3-fold.",
            Assert.Throws<InputException>(() => Plan(request with { Validation = third })).Message);
        Assert.Contains(
            "10020 trials",
            Assert.Throws<InputException>(() => Plan(request with { HiddenUnits = [.. Enumerable.Range(1, 1670)] })).Message);
    }

    private static SweepPlan Plan(SweepRequest request) => SweepPlanner.Plan(request, "notes", "0123456789abcdef");
}
