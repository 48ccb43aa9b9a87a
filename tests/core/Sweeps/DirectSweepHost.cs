using System.Collections.Concurrent;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Trials;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Runs orchestrations in the test's process, with pauses that take no time.</summary>
internal sealed class DirectSweepHost(SweepRig rig) : ISweepHost
{
    private readonly ConcurrentDictionary<string, Lazy<Run>> _runs = new();

    public Task StartAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        // A run that this very start has begun is never begun again, however soon it ends.
        _ = _runs.AddOrUpdate(sweepId, Begin, (id, run) => run.Value.Completion.IsCompleted ? Begin(id) : run).Value;
        return Task.CompletedTask;
    }

    public Task RaiseControlAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        if (_runs.TryGetValue(sweepId, out var run)) run.Value.Context.SendEvent(SweepOrchestration.ControlEvent);
        return Task.CompletedTask;
    }

    public Task<SweepStatus?> FindStatusAsync(string sweepId, CancellationToken cancellationToken = default) =>
        Task.FromResult(_runs.TryGetValue(sweepId, out var run) && !run.Value.Completion.IsCompleted ? run.Value.Context.Status : null);

    public Task WaitAsync(string sweepId) => _runs[sweepId].Value.Completion.WaitAsync(TimeSpan.FromMinutes(5));

    /// <summary>The context of a sweep's last run.</summary>
    public DirectSweepContext ContextOf(string sweepId) => _runs[sweepId].Value.Context;

    private Lazy<Run> Begin(string sweepId) => new(() => new Run(rig, sweepId));

    private sealed class Run
    {
        private readonly SweepRig _rig;

        public Run(SweepRig rig, string sweepId)
        {
            _rig = rig;
            Context = new DirectSweepContext(rig);
            Completion = Task.Run(() => RunAsync(sweepId));
        }

        public DirectSweepContext Context { get; }

        public Task Completion { get; }

        private async Task RunAsync(string sweepId)
        {
            try
            {
                await SweepOrchestration.RunAsync(Context, sweepId, RetryRule.Default);
            }
            catch (ActivityFailedException exception)
            {
                await _rig.Store.UpdateJsonAsync<SweepDocument>(
                    BlobPaths.Sweep(sweepId, SweepFiles.Sweep),
                    document => document with { State = SweepState.Failed, Error = exception.Message });
            }
        }
    }
}
