using System.Text;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

public sealed class EndedTrialsTests
{
    private static readonly TrialView[] Trials =
    [
        Trial("a", TrialState.Completed, new EpochMetrics(0.1, 1.0 / 3, 2, 0.5)),
        Trial("b", TrialState.Failed, null) with { Reason = "the device broke\non the second line" },
        Trial("c", TrialState.Diverged, new EpochMetrics(double.NaN, 0.25, double.PositiveInfinity, 0)),
        Trial("d", TrialState.Completed, new EpochMetrics(1e-300, 0, 0, 1)),
    ];

    [Fact]
    public void Reads_What_Was_Written()
    {
        var read = EndedTrials.Read(EndedTrials.Write(3, Trials));

        Assert.Equal((3, "cfdc"), (read.Run.Run, read.Run.Trials));
        Assert.Equal(Trials.Select(Text), read.Page(TrialPage.All).Select(Text));
    }

    [Theory]
    [InlineData(0, 2, null, "ab")]
    [InlineData(3, 10, null, "d")]
    [InlineData(9, 10, null, "")]
    [InlineData(0, 10, TrialState.Completed, "ad")]
    [InlineData(1, 1, TrialState.Completed, "d")]
    [InlineData(0, 10, TrialState.Pruned, "")]
    public void Shows_A_Page(int skip, int take, TrialState? state, string ids)
    {
        var read = EndedTrials.Read(EndedTrials.Write(1, Trials));
        Assert.Equal(ids, string.Concat(read.Page(new TrialPage(skip, take, state)).Select(trial => trial.Id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{}\n")]
    [InlineData("not JSON\n")]
    [InlineData("{\"run\":1,\"trials\":\"cc\"}\n{}\n")]
    [InlineData("{\"run\":1,\"trials\":\"c\"}\n{}")]
    [InlineData("{\"run\":1,\"trials\":\"c\"}\n{}\n")]
    public void Refuses_Anything_Else(string text) => Assert.Throws<InvalidDataException>(() =>
        EndedTrials.Read(Encoding.UTF8.GetBytes(text)).Page(TrialPage.All));

    private static TrialView Trial(string id, TrialState state, EpochMetrics? last) =>
        new(id, ["grid"], new HyperParameters(0.1, 4, 2), state, last is null ? 0 : 2, last);

    private static string Text(TrialView trial) => $"{trial with { Studies = [] }} {string.Join(',', trial.Studies)}";
}
