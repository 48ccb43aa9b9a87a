using MusicPipeline.Sweeps.Running.Orchestration;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class RetryRuleTests
{
    [Theory]
    [InlineData(0, 1, 2, "attempts")]
    [InlineData(-3, 1, 2, "attempts")]
    [InlineData(1, -1, 2, "firstDelay")]
    [InlineData(1, 3, 2, "maxDelay")]
    public void Refuses_What_Is_No_Rule(int attempts, int first, int longest, string name) => Assert.Equal(
        name,
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RetryRule(attempts, TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(longest))).ParamName);

    [Fact]
    public void Each_Pause_Is_Twice_The_Last_One_Up_To_The_Longest()
    {
        var rule = new RetryRule(6, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

        Assert.Equal([2.0, 4, 8, 16, 30, 30], Enumerable.Range(1, 6).Select(attempt => rule.DelayAfter(attempt).TotalSeconds));
        Assert.Throws<ArgumentOutOfRangeException>(() => rule.DelayAfter(0));
    }

    [Fact]
    public void No_Pause_Wraps_Around()
    {
        var rule = new RetryRule(int.MaxValue, TimeSpan.FromDays(365), TimeSpan.MaxValue);

        Assert.Equal(TimeSpan.MaxValue, rule.DelayAfter(40));
        Assert.Equal(TimeSpan.Zero, new RetryRule(1, TimeSpan.Zero, TimeSpan.Zero).DelayAfter(int.MaxValue));
    }
}
