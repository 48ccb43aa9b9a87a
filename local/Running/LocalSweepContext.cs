using System.Collections.Concurrent;
using MusicPipeline.Errors;
using MusicPipeline.Local.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Local.Running;

/// <summary>
/// An orchestration's context in one process. It keeps no history: after a restart the orchestration runs again from
/// its start, and whatever is on record in storage is not done twice.
/// </summary>
internal sealed class LocalSweepContext(LocalActivities activities, TimeProvider time, CancellationToken stopping)
    : ISweepContext
{
    private readonly Dictionary<string, RaisedEvent> _events = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LocalSweepContext> _children = new(StringComparer.Ordinal);
    private SweepStatus? _status;

    public DateTimeOffset Now => time.GetUtcNow();

    public SweepStatus? Status
    {
        get
        {
            var own = Volatile.Read(ref _status);
            return own?.Part is { } part && _children.TryGetValue(SweepOrchestration.ChildOf(part), out var child)
                ? own.OrNewer(child.Status)
                : own;
        }
    }

    public async Task<TResult> CallActivityAsync<TResult>(string activity, object input)
    {
        try
        {
            return (TResult)await activities.RunAsync(activity, input, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            throw new ActivityFailedException(
                StorageTrouble.Describe(exception) ?? exception.Message, exception is InputException, exception);
        }
    }

    public async Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input)
    {
        var context = _children.GetOrAdd(child, _ => new LocalSweepContext(activities, time, stopping));
        return orchestration == OrchestrationNames.Part
            ? (TResult)(object)await SweepOrchestration.RunPartAsync(context, (SweepPart)input, RetryRule.Default)
            : throw new ArgumentOutOfRangeException(nameof(orchestration), orchestration, "No child orchestration has this name.");
    }

    public void SendEvent(string child, string name)
    {
        if (_children.TryGetValue(child, out var context)) context.Raise(name);
    }

    public Task DelayAsync(TimeSpan delay) => Task.Delay(delay, time, stopping);

    public Task WaitForEventAsync(string name)
    {
        lock (_events) return Event(name).Wait();
    }

    public void SetStatus(SweepStatus status) => Volatile.Write(ref _status, status);

    public void Raise(string name)
    {
        lock (_events) Event(name).Raise();
    }

    private RaisedEvent Event(string name)
    {
        if (!_events.TryGetValue(name, out var raised)) _events[name] = raised = new RaisedEvent();
        return raised;
    }
}
