namespace MusicPipeline.Local.Running;

/// <summary>An event that each wait takes once; one that is raised while nobody waits is there for the next wait.</summary>
internal sealed class RaisedEvent
{
    private TaskCompletionSource _next = Create();
    private bool _isWaitedFor;

    /// <summary>Completes with the next event that no earlier wait has taken.</summary>
    public Task Wait()
    {
        if (_isWaitedFor && _next.Task.IsCompleted) _next = Create();
        _isWaitedFor = true;
        return _next.Task;
    }

    /// <summary>Raises the event; several that nobody has waited for are one.</summary>
    public void Raise()
    {
        if (_isWaitedFor && _next.Task.IsCompleted)
        {
            _next = Create();
            _isWaitedFor = false;
        }

        _next.TrySetResult();
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
