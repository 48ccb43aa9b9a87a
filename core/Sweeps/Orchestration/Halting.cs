using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>
/// What a sweep was asked for while it runs. The event only says that there is something to read: what holds is what the
/// sweep's document says when it is read, so an event that comes twice, late or in another order does no harm.
/// </summary>
internal sealed class Halting(ISweepContext context, string sweepId, RetryRule retry)
{
    private TaskCompletionSource _halted = new();

    /// <summary>What the sweep is to do.</summary>
    public HaltKind Kind { get; private set; }

    /// <summary>Completes when there is something to <see cref="LookAsync"/> at.</summary>
    public Task Control { get; private set; } = context.WaitForEventAsync(SweepOrchestration.ControlEvent);

    /// <summary>Completes when nothing more is to start.</summary>
    public Task Halted => _halted.Task;

    /// <summary>Begins a run of the sweep with what is known of it.</summary>
    public void Begin(HaltKind kind)
    {
        (Kind, _halted) = (HaltKind.None, new TaskCompletionSource());
        Set(kind);
    }

    /// <summary>Reads what the event tells of.</summary>
    public async Task LookAsync()
    {
        Control = context.WaitForEventAsync(SweepOrchestration.ControlEvent);
        var kind = await context.CallActivityAsync<HaltKind>(ActivityNames.ReadHalt, sweepId, retry);
        // A cancel is never taken back; what was read may be older than what a trial has seen.
        Set(Kind == HaltKind.Cancel ? Kind : kind);
    }

    /// <summary>Takes a trial's word for it: it may have read the document before the event came, or in place of one that was lost.</summary>
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
