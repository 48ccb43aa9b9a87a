using System.Collections.Concurrent;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Orchestration;

namespace MusicPipeline.Local.Running;

/// <summary>
/// An orchestration's context in one process. It keeps no history: after a restart the orchestration runs again from
/// its start, and whatever is on record in storage is not done twice.
/// </summary>
internal sealed class LocalSweepContext(SweepActivities activities, TimeProvider time, CancellationToken stopping)
    : ISweepContext
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _events = new(StringComparer.Ordinal);
    private SweepStatus? _status;

    public DateTimeOffset Now => time.GetUtcNow();

    public SweepStatus? Status => Volatile.Read(ref _status);

    public async Task<TResult> CallActivityAsync<TResult>(string activity, object input)
    {
        try
        {
            return (TResult)await activities.RunAsync(activity, input, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            throw new ActivityFailedException(exception.Message, exception is InputException, exception);
        }
    }

    public Task DelayAsync(TimeSpan delay) => Task.Delay(delay, time, stopping);

    public Task WaitForEventAsync(string name) => Event(name).Task;

    public void SetStatus(SweepStatus status) => Volatile.Write(ref _status, status);

    public void Raise(string name) => Event(name).TrySetResult();

    private TaskCompletionSource Event(string name) =>
        _events.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
