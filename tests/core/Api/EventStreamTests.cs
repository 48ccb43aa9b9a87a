using System.Text;
using MusicPipeline.Http;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using Xunit;

namespace MusicPipeline.Tests.Api;

public sealed class EventStreamTests
{
    private static readonly SweepEvent[] Some =
    [
        new(SweepEvent.Epoch, new EpochEvent("abc", 3, 9, 0.5, 0.25, double.NaN, 0.125), "7.1..0-3"),
        new(SweepEvent.SignOfLife, null, null),
        new(SweepEvent.End, new StatusEvent("grid-1", SweepState.Failed, null, null, null, "one\ntwo"), null),
    ];

    [Fact]
    public async Task Writes_Events_As_Browsers_Read_Them()
    {
        using var body = new MemoryStream();

        await EventStream.WriteAsync(body, Some.ToAsyncEnumerable(), TestContext.Current.CancellationToken);

        Assert.Equal(
            """
            retry: 2000

            event: epoch
            id: 7.1..0-3
            data: {"trialId":"abc","epoch":3,"epochs":9,"loss":0.5,"accuracy":0.25,"val_loss":"NaN","val_accuracy":0.125}

            : still here

            event: end
            data: {"id":"grid-1","state":"failed","error":"one\ntwo"}


            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task Ends_Quietly_When_Nobody_Listens_Any_More()
    {
        using var gone = new CancellationTokenSource();
        using var body = new MemoryStream();

        await EventStream.WriteAsync(body, EndlessAsync(gone), gone.Token);

        Assert.EndsWith(": still here\n\n", Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_Quietly_Whatever_Breaks_Off_When_Nobody_Listens_Any_More()
    {
        using var gone = new CancellationTokenSource();
        using var body = new MemoryStream();
        var broken = new InvalidOperationException("The call was given up.");

        await EventStream.WriteAsync(body, EndlessAsync(gone, broken), gone.Token);

        using var stays = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        Assert.Same(broken, await Assert.ThrowsAsync<InvalidOperationException>(
            () => EventStream.WriteAsync(body, EndlessAsync(other, broken), stays.Token)));
    }

    private static async IAsyncEnumerable<SweepEvent> EndlessAsync(CancellationTokenSource gone, Exception? broken = null)
    {
        yield return Some[1];
        await gone.CancelAsync();
        if (broken is not null) throw broken;
        await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token);
    }
}
