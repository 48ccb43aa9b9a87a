using MusicPipeline.Data;
using Xunit;

namespace MusicPipeline.Tests.Datasets;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Gives_The_Numbers_Of_The_Reference_Code()
    {
        // The first outputs of splitmix64.c for the seed 1234567.
        var random = new SplitMix64(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Numbers_Below_A_Bound_Are_Uniform(int bound)
    {
        const int Draws = 30_000;
        var random = new SplitMix64(5);
        var counts = new int[bound];
        for (var i = 0; i < Draws; i++) counts[random.NextBelow(bound)]++;
        // Six standard deviations of a binomial count.
        var tolerance = 6 * Math.Sqrt(Draws / (double)bound);
        Assert.All(counts, count => Assert.Equal(Draws / (double)bound, count, tolerance));
    }

    [Fact]
    public void Shuffling_Keeps_The_Items_And_Reaches_Every_Order()
    {
        var random = new SplitMix64(0);
        var orders = new Dictionary<string, int>();
        for (var i = 0; i < 6000; i++)
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle<char>(items);
            var order = new string(items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(["abc", "acb", "bac", "bca", "cab", "cba"], orders.Keys.Order());
        Assert.All(orders.Values, count => Assert.InRange(count, 800, 1200));
    }

    [Fact]
    public void A_Bound_Is_Above_Zero() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitMix64(1).NextBelow(0));
}
