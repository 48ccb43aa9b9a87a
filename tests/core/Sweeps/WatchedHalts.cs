using MusicPipeline.Storage;
using MusicPipeline.TestSupport;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>A store that knows how often a worker has looked whether its sweep was halted.</summary>
internal sealed class WatchedHalts
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly InMemoryArtifactStore _memory;
    private int _looks;

    public WatchedHalts(InMemoryArtifactStore memory)
    {
        _memory = memory;
        Store = new FaultyArtifactStore(memory, call =>
        {
            if (call.Operation == "Find" && call.Path.Name.EndsWith(SweepFiles.Halt, StringComparison.Ordinal))
                Interlocked.Increment(ref _looks);
            return StoreFault.None;
        });
    }

    public IArtifactStore Store { get; }

    /// <summary>Lets the worker see what its sweep was asked for, and show its progress, as it does every second.</summary>
    public async Task BeatAsync(SweepRig rig)
    {
        using var patience = new CancellationTokenSource(Patience);
        // When it looks a second time, it knows what it saw the first time.
        for (var until = Volatile.Read(ref _looks) + 2; Volatile.Read(ref _looks) < until; await Task.Delay(1, patience.Token))
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(_memory.Snapshot().Keys, name => name.EndsWith(SweepFiles.Progress, StringComparison.Ordinal));
    }
}
