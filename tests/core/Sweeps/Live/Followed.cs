using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Live;

/// <summary>Events as they come, with the clock moved on a second whenever the follower waits for its next look.</summary>
internal sealed class Followed(IAsyncEnumerable<SweepEvent> events, ManualTimeProvider time) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<SweepEvent> _events = events.GetAsyncEnumerator();

    public async Task<SweepEvent> NextAsync(string name)
    {
        Assert.True(await MoveAsync());
        Assert.Equal(name, _events.Current.Name);
        return _events.Current;
    }

    public async Task<int> NextEpochAsync(Trial trial)
    {
        var point = Assert.IsType<EpochEvent>((await NextAsync(SweepEvent.Epoch)).Data);
        Assert.Equal(trial.Id, point.TrialId);
        return point.Epoch;
    }

    public async Task<bool> IsOverAsync() => !await MoveAsync();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    private async Task<bool> MoveAsync()
    {
        var moved = _events.MoveNextAsync().AsTask();
        while (!moved.IsCompleted)
        {
            // In the middle of a look no time passes, however long the machine takes for it: it would count as silence.
            if (time.IsAwaited) time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(moved, Task.Delay(1));
        }

        return await moved;
    }
}
