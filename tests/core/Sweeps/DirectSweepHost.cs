using System.Collections.Concurrent;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Orchestration;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>Runs orchestrations in the test's process, with pauses that take no time.</summary>
internal sealed class DirectSweepHost(SweepRig rig) : ISweepHost
{
    private readonly ConcurrentDictionary<string, Lazy<Run>> _runs = new();

    public Task StartAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var run = _runs.GetOrAdd(sweepId, id => new Lazy<Run>(() => new Run(rig, id)));
        if (run.Value.Completion.IsCompleted) _runs.TryUpdate(sweepId, new Lazy<Run>(() => new Run(rig, sweepId)), run);
        _ = _runs[sweepId].Value;
        return Task.CompletedTask;
    }

    public Task RaiseCancelAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        if (_runs.TryGetValue(sweepId, out var run)) run.Value.Cancelled.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<SweepStatus?> FindStatusAsync(string sweepId, CancellationToken cancellationToken = default) =>
        Task.FromResult(_runs.TryGetValue(sweepId, out var run) && !run.Value.Completion.IsCompleted ? run.Value.Status : null);

    public Task WaitAsync(string sweepId) => _runs[sweepId].Value.Completion.WaitAsync(TimeSpan.FromMinutes(1));

    private sealed class Run : ISweepContext
    {
        private readonly SweepRig _rig;

        public Run(SweepRig rig, string sweepId)
        {
            _rig = rig;
            Completion = Task.Run(() => RunAsync(sweepId));
        }

        public Task Completion { get; }

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SweepStatus? Status { get; private set; }

        public DateTimeOffset Now => _rig.Time.GetUtcNow();

        public async Task<TResult> CallActivityAsync<TResult>(string activity, object input)
        {
            try
            {
                return (TResult)(activity switch
                {
                    ActivityNames.Plan => await _rig.Plan.RunAsync((string)input),
                    ActivityNames.Train => await Task.Run(() => _rig.Train.RunAsync((TrialPack)input)),
                    _ => (object)await _rig.Aggregate.RunAsync((SweepEnding)input),
                });
            }
            catch (Exception exception)
            {
                throw new ActivityFailedException(exception.Message, exception is InputException, exception);
            }
        }

        public async Task DelayAsync(TimeSpan delay) => await Task.Yield();

        public Task WaitForEventAsync(string name) => Cancelled.Task;

        public void SetStatus(SweepStatus status) => Status = status;

        private async Task RunAsync(string sweepId)
        {
            try
            {
                await SweepOrchestration.RunAsync(this, sweepId, RetryRule.Default);
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
