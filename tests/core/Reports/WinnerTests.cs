using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Reports;

public sealed class WinnerTests
{
    private static readonly HyperParameters Small = new(0.001, 8, 3);
    private static readonly HyperParameters Large = new(0.001, 16, 3);

    [Fact]
    public void No_Lucky_Seed_Wins()
    {
        var winner = Winner.Of([Trial(Small, 1, 0.95), Trial(Small, 2, 0.80), Trial(Large, 1, 0.90), Trial(Large, 2, 0.92)]);

        Assert.Equal(Large with { Seed = 2 }, winner!.Trial.Parameters);
    }

    [Fact]
    public void Folds_Of_A_Point_Count_Together()
    {
        var folds = ValidationRule.InFolds(2).OfTrials();

        var winner = Winner.Of(
        [
            Trial(Small, 1, 0.99, folds[0]), Trial(Small, 1, 0.7, folds[1]), Trial(Large, 1, 0.89, folds[0]),
            Trial(Large, 1, 0.88, folds[1]),
        ]);

        Assert.Equal((Large, folds[0]), (winner!.Trial.Parameters, winner.Trial.Validation));
    }

    [Fact]
    public void A_Point_That_Diverged_With_One_Seed_Comes_Last()
    {
        var broken = SyntheticSweep.Trial(Small with { Seed = 2 }, SyntheticSweep.History(0.5), TrainingOutcome.Diverged);

        Assert.Equal(Large, Winner.Of([Trial(Small, 1, 0.99), broken, Trial(Large, 1, 0.6)])!.Trial.Parameters);
        Assert.Equal(Small, Winner.Of([Trial(Small, 1, 0.99), broken])!.Trial.Parameters);
        Assert.Null(Winner.Of([broken]));
    }

    private static FinishedTrial Trial(HyperParameters parameters, int seed, double accuracy, ValidationRule? validation = null) =>
        SyntheticSweep.Trial(parameters with { Seed = seed }, SyntheticSweep.History([0.5], [0.5], accuracy), validation: validation);
}
