using MusicPipeline.Sweeps.Results;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class GroupProbabilitiesTests
{
    [Fact]
    public void Is_Sure_From_The_Lowest_Probability_With_Enough_Right_Answers()
    {
        // Labels are those of the first class but for those that are wrong.
        var all = Of((0.99f, true), (0.9f, true), (0.8f, false), (0.7f, true), (0.65f, false), (0.6f, true));
        Assert.Equal((0.9f, 2, 2), Sure(all, 0.9));
        Assert.Equal((0.7f, 4, 3), Sure(all, 0.75));
        Assert.Equal((0.6f, 6, 4), Sure(all, 0.5));
    }

    [Fact]
    public void Equal_Probabilities_Are_Above_Or_Below_Together()
    {
        Assert.Equal((0.9f, 1, 1), Sure(Of((0.9f, true), (0.8f, true), (0.8f, false)), 0.9));
        Assert.Null(Of((0.8f, true), (0.8f, false)).SureFrom(0.9));
    }

    [Fact]
    public void The_Bound_Of_A_Probability_Holds_Though_Its_Last_Digit_Differs()
    {
        var all = Of((0.99f, true), (0.9f, true), (0.8f, false), (0.79999f, false));
        var sure = all.SureFrom(0.9)!.Value.Probability;
        Assert.Equal(0.9f, (float)sure);
        Assert.Equal(sure - 1e-4, all.BoundBelow(sure), 1e-12);
        // Neighbours that are nearer than that are told apart all the same.
        Assert.InRange(all.BoundBelow(0.8f), 0.79999f + 4e-6, 0.8f - 4e-6);
        Assert.Equal(0.5f - 1e-4, Of((0.5f, true)).BoundBelow(0.5f), 1e-12);
    }

    [Fact]
    public void Is_Never_Sure_Where_The_Most_Probable_Is_Wrong()
    {
        Assert.Null(Of((0.99f, false), (0.7f, true)).SureFrom(0.9));
        Assert.Null(new GroupProbabilities([], []).SureFrom(0.9));
    }

    private static GroupProbabilities Of(params (float Probability, bool IsRight)[] answers) => new(
        [.. answers.Select(answer => answer.IsRight ? 0 : 1)],
        [.. answers.SelectMany(answer => new[] { answer.Probability, 1 - answer.Probability })]);

    private static (float Probability, int Count, int Right)? Sure(GroupProbabilities groups, double wanted) =>
        groups.SureFrom(wanted) is { } sure ? ((float)sure.Probability, sure.Count, sure.Right) : null;
}
