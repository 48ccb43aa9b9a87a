using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>
/// What a sweep was asked for while it runs. The event only says that there is something to read: what holds is what the
/// documents say when they are read, so an event that comes twice, late or in another order does no harm.
/// </summary>
internal sealed class Halting(ISweepContext context, string sweepId, RetryRule retry)
{
    // Nobody tells of the end of a sweep that others gave way to.
    private static readonly TimeSpan YieldingPeriod = TimeSpan.FromSeconds(15);

    private TaskCompletionSource _halted = new();
    private bool _yields;
    private Task? _yielded;

    /// <summary>What the sweep is to do.</summary>
    public HaltKind Kind { get; private set; }

    /// <summary>Completes when there is something to <see cref="LookAsync"/> at.</summary>
    public Task Control { get; private set; } = context.WaitForEventAsync(SweepOrchestration.ControlEvent);

    /// <summary>Completes when nothing more is to start.</summary>
    public Task Halted => _halted.Task;

    /// <summary>Begins a run of the sweep with what is known of it.</summary>
    public void Begin(SweepCommands commands)
    {
        (Kind, _halted, _yields, _yielded) = (HaltKind.None, new TaskCompletionSource(), commands.Yields, null);
        Set(commands.Halt);
    }

    /// <summary>Activities at once, of so many.</summary>
    public int Limit(int maxParallel) => _yields ? 1 : maxParallel;

    /// <summary>The first task that completes: one of those that run, or one that says to <see cref="LookAsync"/>.</summary>
    public async Task<Task?> FirstAsync(IReadOnlyCollection<Task> running)
    {
        if (_yields) _yielded ??= context.DelayAsync(YieldingPeriod);
        Task[] looks = _yielded is null ? [Control] : [Control, _yielded];
        var first = await Task.WhenAny([.. running, .. looks]);
        return looks.Contains(first) ? null : first;
    }

    /// <summary>Reads what the event tells of.</summary>
    public async Task LookAsync()
    {
        if (Control.IsCompleted) Control = context.WaitForEventAsync(SweepOrchestration.ControlEvent);
        if (_yielded is { IsCompleted: true }) _yielded = null;
        var commands = await context.CallActivityAsync<SweepCommands>(ActivityNames.ReadCommands, sweepId, retry);
        _yields = commands.Yields;
        // A cancel is never taken back; what was read may be older than what a trial has seen.
        Set(Kind == HaltKind.Cancel ? Kind : commands.Halt);
    }

    /// <summary>
    /// Takes a trial's word for it: it may have read the document before the event came, or in place of one that was lost.
    /// </summary>
    public void Learn(TrialState ending)
    {
        if (ending == TrialState.Cancelled) Learn(HaltKind.Cancel);
        else if (ending == TrialState.Preempted) Learn(HaltKind.Pause);
    }

    /// <summary>Takes a part's word for it.</summary>
    public void Learn(HaltKind kind)
    {
        if (kind > Kind) Set(kind);
    }

    private void Set(HaltKind kind)
    {
        Kind = kind;
        if (kind != HaltKind.None) _halted.TrySetResult();
    }
}
