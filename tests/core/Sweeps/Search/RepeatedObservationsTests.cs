using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

public sealed class RepeatedObservationsTests
{
    [Fact]
    public void The_Trials_Of_A_Point_Are_One_Observation()
    {
        var (a, b, c, d) = (
            new HyperParameters(0.1, 4, 9), new HyperParameters(0.2, 4, 9), new HyperParameters(0.3, 4, 9), new HyperParameters(0.4, 4, 9));

        var points = RepeatedObservations.Average(
            [
                new(b with { Seed = 2 }, TrialState.Completed, 0.5, 9), new(a, TrialState.Completed, 0.8, 9),
                new(b with { Seed = 3 }, TrialState.Pruned, 0.25, 3), new(a with { Seed = 2 }, TrialState.Completed, 0.6, 9),
                new(c, TrialState.Diverged), new(c with { Seed = 2 }, TrialState.Completed, 0.6, 9),
                new(d, TrialState.Waiting), new(d with { Seed = 2 }, TrialState.Diverged),
            ],
            seed: 1);

        Assert.Equal(
            [
                new(b, TrialState.Pruned, 0.375, 3), new(a, TrialState.Completed, 0.7, 9),
                new(c, TrialState.Diverged), new(d, TrialState.Waiting),
            ],
            points.Select(point => point with { Score = point.Score is { } score ? Math.Round(score, 9) : null }));
    }
}
