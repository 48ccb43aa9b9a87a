using System.Collections.Concurrent;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>A host that only writes down what it is asked for, as if another machine did the work.</summary>
internal sealed class SilentSweepHost : ISweepHost
{
    public ConcurrentQueue<string> Started { get; } = [];

    public ConcurrentQueue<string> Told { get; } = [];

    public SweepStatus? Status { get; set; }

    public Task StartAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        Started.Enqueue(sweepId);
        return Task.CompletedTask;
    }

    public Task RaiseControlAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        Told.Enqueue(sweepId);
        return Task.CompletedTask;
    }

    public Task<SweepStatus?> FindStatusAsync(string sweepId, CancellationToken cancellationToken = default) =>
        Task.FromResult(Status);
}
