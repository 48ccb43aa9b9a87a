using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training.MachineLearning;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class BaselinePlanTests
{
    private static readonly SweepRequest Two = new() { LearningRates = [0.01], HiddenUnits = [3, 5] };

    [Fact]
    public void Baselines_Are_Planned_Once_Each_In_One_Order_And_Leave_The_Trials_Alone()
    {
        var without = Plan(Two);
        var with = Plan(Two with { Baselines = ["lbfgs", "sdca", "lbfgs"] });

        Assert.Null(without.Baselines);
        Assert.Equal(["sdca", "lbfgs"], with.Baselines!.Select(baseline => baseline.Name));
        Assert.All(with.Baselines!, baseline => Assert.Equal(with.Validation, baseline.Validation));
        Assert.Equal(without.Trials, with.Trials);
    }

    [Fact]
    public void A_Sweep_Is_Named_By_Its_Baselines_However_They_Are_Listed()
    {
        string[] ids =
        [
            Plan(Two).SweepId,
            Plan(Two with { Baselines = ["sdca"] }).SweepId,
            Plan(Two with { Baselines = ["sdca", "lbfgs"] }).SweepId,
            Plan(Two with { Baselines = Baselines.Names }).SweepId,
        ];

        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(ids[2], Plan(Two with { Baselines = ["lbfgs", "sdca", "sdca"] }).SweepId);
    }

    [Fact]
    public void There_Is_One_A_Fold_Under_The_Same_Name_In_Every_Sweep()
    {
        var folds = Two with { Validation = ValidationRule.InFolds(3), Baselines = ["perceptron", "naive-bayes"] };

        var baselines = Plan(folds).Baselines!;

        Assert.Equal(6, baselines.Select(baseline => baseline.Id).Distinct().Count());
        Assert.Equal(["3-fold/1", "3-fold/2", "3-fold/3"], baselines.Take(3).Select(baseline => baseline.Validation.ToString()));
        Assert.Equal(baselines, Plan(folds with { HiddenUnits = [7], Repeats = 2 }).Baselines!);
        Assert.Empty(baselines.Select(baseline => baseline.Id).Intersect(
            SweepPlanner.Plan(folds, "notes", "v2").Baselines!.Select(baseline => baseline.Id)));
        Assert.Empty(baselines.Select(baseline => baseline.Id).Intersect(
            Plan(folds with { Validation = ValidationRule.InFolds(4) }).Baselines!.Select(baseline => baseline.Id)));
    }

    [Theory]
    [InlineData("there is no baseline 'svm'; choose from sdca, lbfgs, naive-bayes, perceptron.", "sdca", "svm")]
    [InlineData("there is no baseline 'SDCA'; choose from sdca, lbfgs, naive-bayes, perceptron.", "SDCA")]
    public void Wrong_Names_Are_Refused(string message, params string[] names) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => SweepRequestRules.Check(Two with { Baselines = names })).Message);

    [Fact]
    public void An_Extension_Has_None() =>
        Assert.Equal(
            "an extension names baselines, and a sweep keeps its own; start another sweep with them: it uses the trials on record.",
            Assert.Throws<InputException>(() => ExtensionRules.Check(new SweepRequest { Epochs = 9, Baselines = ["sdca"] })).Message);

    [Fact]
    public void An_Extended_Sweep_Keeps_Its_Own()
    {
        var request = Two with { Baselines = ["sdca"] };
        var document = new SweepDocument(Plan(request).SweepId, SweepState.Completed, request, "notes", "v1", DateTimeOffset.UnixEpoch)
        {
            Extensions = [new SweepRequest { HiddenUnits = [9] }],
        };

        var plan = SweepExtensions.Plan(document);

        Assert.Equal(3, plan.Trials.Count);
        Assert.Equal(Plan(request).Baselines!, plan.Baselines!);
    }

    private static SweepPlan Plan(SweepRequest request) => SweepPlanner.Plan(request, "notes", "v1");
}
