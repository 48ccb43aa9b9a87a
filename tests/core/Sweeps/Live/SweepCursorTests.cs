using CsCheck;
using MusicPipeline.Sweeps.Results;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Live;

public sealed class SweepCursorTests
{
    [Fact]
    public void Reads_What_It_Writes() =>
        Gen.Select(Gen.Int[0, 39].Array[0, 40], Gen.Select(Gen.Int[0, 39], Gen.Int[1, 500]).Array[0, 8]).Sample((ended, running) =>
    {
        var cursor = new SweepCursor(77, 40);
        foreach (var place in ended) cursor.End(place);
        foreach (var (place, epoch) in running.Where(pair => !ended.Contains(pair.Item1))) cursor.Grow(place, epoch);

        var read = SweepCursor.Parse(cursor.ToText(), 77, 40);

        Assert.Equal(cursor.ToText(), read.ToText());
        for (var place = 0; place < 40; place++)
        {
            Assert.Equal(ended.Contains(place), read.HasEnded(place));
            Assert.Equal(cursor.EpochOf(place), read.EpochOf(place));
        }
    });

    [Fact]
    public void Says_It_In_Short()
    {
        var cursor = new SweepCursor(255, 14);
        foreach (var place in (int[])[0, 1, 2, 3, 5, 4, 7, 8]) cursor.End(place);
        cursor.Grow(6, 12);
        cursor.Grow(9, 3);

        Assert.Equal("ff.14.0-5_7-8.6-12_9-3", cursor.ToText());
    }

    [Fact]
    public void Takes_Back_The_End_Of_A_Trial_That_Goes_On()
    {
        var cursor = new SweepCursor(255, 14);
        foreach (var place in (int[])[0, 1, 2, 3]) cursor.End(place);

        cursor.Reopen(1);
        cursor.Grow(1, 5);

        Assert.Equal("ff.14.0-0_2-3.1-5", cursor.ToText());
        Assert.Equal([0, 2, 3], cursor.Ended);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("ff.14")]
    [InlineData("fe.14.0-5.")]
    [InlineData("ff.15.0-5.")]
    [InlineData("ff.14.0-14.")]
    [InlineData("ff.14.3-2.")]
    [InlineData("ff.14.0-99999999999.")]
    [InlineData("ff.14.0-5.6-0")]
    [InlineData("ff.14.0-5.14-1")]
    [InlineData("ff.14.x.y")]
    [InlineData("ff.14.0-1-2.")]
    public void Starts_Over_Where_A_Text_Is_Of_Something_Else(string? text)
    {
        var cursor = SweepCursor.Parse(text, 255, 14);

        Assert.True(cursor.IsFresh);
        Assert.Equal("ff.14..", cursor.ToText());
    }

    [Fact]
    public void Has_No_Text_Where_That_Would_Be_Long()
    {
        var cursor = new SweepCursor(1, 10_000);
        for (var place = 1; place < 10_000; place += 2) cursor.End(place);

        Assert.Null(cursor.ToText());
    }
}
