using CsCheck;
using MusicPipeline.Reports.Charts;
using Xunit;

namespace MusicPipeline.Tests.Charts;

public sealed class LabelSpacingTests
{
    [Fact]
    public void Leaves_Labels_That_Have_Room() =>
        Assert.Equal([400.0, 100, 250], LabelSpacing.Spread([400, 100, 250], 25, 0, 500));

    [Fact]
    public void Moves_Colliding_Labels_As_Little_As_Possible() =>
        Assert.Equal([187.5, 212.5, 400], LabelSpacing.Spread([200, 200.0001, 400], 25, 0, 500).Select(y => Math.Round(y, 3)));

    [Fact]
    public void Keeps_Order_Distance_And_Limits() =>
        Gen.Select(Gen.Double[-1000, 1000].Array[1, 20], Gen.Double[1, 30]).Sample((wishes, gap) =>
        {
            var places = LabelSpacing.Spread(wishes, gap, 0, 600);

            var order = Enumerable.Range(0, wishes.Length).OrderBy(i => wishes[i]).ToArray();
            for (var i = 1; i < order.Length; i++)
                Assert.True(places[order[i]] - places[order[i - 1]] >= gap - 1e-6);
            Assert.All(places, place => Assert.InRange(place, -1e-9, 600 + 1e-6));
        });
}
