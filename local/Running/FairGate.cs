namespace MusicPipeline.Local.Running;

/// <summary>
/// Slots that sweeps share: a free one goes to the waiting sweep of the highest priority and, among equals, to the one that
/// was served the longest ago.
/// </summary>
/// <param name="slots">Slots in all.</param>
internal sealed class FairGate(int slots)
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private readonly Dictionary<string, long> _served = new(StringComparer.Ordinal);
    private int _free = slots;
    private long _turn;

    /// <summary>Waits for a slot; <see cref="Release"/> gives it back.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was one.</exception>
    public async Task WaitAsync(string sweepId, int priority, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(sweepId, priority);
        lock (_gate)
        {
            _waiters.Add(waiter);
            Serve();
        }

        await using var registration = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
        await waiter.Task;
    }

    /// <summary>Gives a slot back.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _free++;
            Serve();
        }
    }

    private void Serve()
    {
        while (_free > 0 && _waiters.Count > 0)
        {
            var next = _waiters.OrderByDescending(waiter => waiter.Priority)
                .ThenBy(waiter => _served.GetValueOrDefault(waiter.SweepId))
                .First();
            _waiters.Remove(next);
            _free--;
            _served[next.SweepId] = ++_turn;
            next.TrySetResult();
            Forget();
        }
    }

    // A sweep that has not asked for long counts as a new one, which is its due.
    private void Forget()
    {
        const int Most = 1000;
        if (_served.Count <= Most) return;
        foreach (var (sweepId, _) in _served.OrderBy(pair => pair.Value).Take(Most / 2).ToList()) _served.Remove(sweepId);
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiters.Remove(waiter)) waiter.TrySetCanceled(cancellationToken);
        }
    }

    private sealed class Waiter(string sweepId, int priority) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public string SweepId => sweepId;

        public int Priority => priority;
    }
}
