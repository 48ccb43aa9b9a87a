using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// Pauses, resumes, stops, cancels, retries, extends and deletes sweeps. Each may be repeated without harm, and each is decided in one
/// write of the sweep's document, so that of several at once one wins and the others are told. See <c>docs/control.md</c>.
/// </summary>
public sealed class SweepControl(IArtifactStore store, ISweepHost host, TimeProvider time)
{
    private readonly LostSweeps _lost = new(store, host, time);

    /// <summary>
    /// Pauses a waiting or running sweep: nothing more is started, and running trials are broken off after their epoch,
    /// from where they go on.
    /// </summary>
    /// <exception cref="InputException">There is no such sweep, or it has ended or is about to.</exception>
    public Task<SweepState> PauseAsync(string sweepId, CancellationToken cancellationToken = default) =>
        HaltAsync(sweepId, HaltKind.Pause, SweepState.Paused, cancellationToken);

    /// <summary>Stops a waiting, running or paused sweep: nothing more is started, what runs is finished and reported.</summary>
    /// <exception cref="InputException">There is no such sweep, or it has ended or is being cancelled.</exception>
    public Task<SweepState> StopAsync(string sweepId, CancellationToken cancellationToken = default) =>
        HaltAsync(sweepId, HaltKind.Stop, SweepState.Stopped, cancellationToken);

    /// <summary>
    /// Cancels a waiting, running or paused sweep: nothing more is started, running trials end within about a second, and
    /// the report covers what had finished.
    /// </summary>
    /// <exception cref="InputException">There is no such sweep, or it has ended otherwise.</exception>
    public Task<SweepState> CancelAsync(string sweepId, CancellationToken cancellationToken = default) =>
        HaltAsync(sweepId, HaltKind.Cancel, SweepState.Cancelled, cancellationToken);

    /// <summary>
    /// Goes on with a paused, stopped or cancelled sweep; trials on record are used, others go on from their checkpoints.
    /// </summary>
    /// <exception cref="InputException">There is no such sweep, or it has completed, failed or is being ended.</exception>
    public Task<SweepState> ResumeAsync(string sweepId, CancellationToken cancellationToken = default) =>
        GoOnAsync(
            sweepId,
            document => document.State switch
            {
                _ when document.IsBeingEnded => throw Conflict(document, "it can be resumed when it has ended"),
                var state when state.IsActive() => document.Halt == HaltKind.None ? document : document with { Halt = HaltKind.None },
                SweepState.Completed or SweepState.Failed => throw Conflict(
                    document, "only a paused, stopped or cancelled sweep can be resumed; retry or extend this one"),
                _ => Again(document),
            },
            cancellationToken);

    /// <summary>Runs what failed of a completed or failed sweep again.</summary>
    /// <exception cref="InputException">There is no such sweep, or it was paused, stopped or cancelled.</exception>
    public Task<SweepState> RetryAsync(string sweepId, CancellationToken cancellationToken = default) =>
        GoOnAsync(
            sweepId,
            document => document switch
            {
                _ when document.State.IsActive() => document,
                { State: SweepState.Failed } or { State: SweepState.Completed, Counts.Failed: > 0 } => Again(document),
                { State: SweepState.Completed } => document,
                _ => throw Conflict(document, "resume it; what failed is then tried again too"),
            },
            cancellationToken);

    /// <summary>
    /// Extends a sweep by more points, by more epochs of the points that it has, or by other stop conditions, another pruner and
    /// the like, which replace the old ones. A waiting or running sweep takes them up
    /// when it is through with the rest, a paused one when it is resumed; one that has ended starts again. What it has
    /// been extended by before changes nothing.
    /// </summary>
    /// <exception cref="InputException">There is no such sweep, it is being ended, or the extension is wrong.</exception>
    public async Task<SweepState> ExtendAsync(
        string sweepId, SweepRequest extension, CancellationToken cancellationToken = default)
    {
        ExtensionRules.Check(extension);
        return await GoOnAsync(
            sweepId,
            document =>
            {
                if (document.IsBeingEnded) throw Conflict(document, "it can be extended when it has ended");
                var extended = SweepExtensions.Extend(document, extension);
                return ReferenceEquals(extended, document) || !document.State.IsEnded()
                    ? extended
                    : Again(extended);
            },
            cancellationToken);
    }

    /// <summary>
    /// Deletes an ended or paused sweep with its report. Its trials stay: they are named by their content, other sweeps
    /// may share them, and a later one uses them.
    /// </summary>
    /// <exception cref="InputException">There is no such sweep, or it has not ended.</exception>
    public async Task DeleteAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var document = await _lost.SettleAsync(await store.GetSweepAsync(sweepId, cancellationToken), cancellationToken);
        if (document.State.IsActive()) throw Conflict(document, "pause, stop or cancel it first");
        var own = SweepDocuments.PathOf(sweepId);
        await foreach (var blob in store.ListAsync(own.Container, $"{sweepId}/", cancellationToken))
        {
            if (blob.Path != own) await store.DeleteAsync(blob.Path, cancellationToken);
        }

        await host.ForgetAsync(sweepId, cancellationToken);
        await store.CloseAsync(document, cancellationToken);
        // Last: until then it can be seen, and deleted again.
        await store.DeleteAsync(own, cancellationToken);
    }

    /// <summary>The document of a sweep that is to run once more.</summary>
    internal static SweepDocument Again(SweepDocument document) => document with
    {
        State = SweepState.Waiting,
        Halt = HaltKind.None,
        Run = document.Run + 1,
        FinishedAt = null,
        Error = null,
        StopCause = null,
    };

    /// <summary>The error of something that a sweep cannot do in its state.</summary>
    internal static InputException Conflict(SweepDocument document, string remedy) => new(
        document.IsBeingEnded
            ? $"the sweep '{document.Id}' is being {(document.Halt == HaltKind.Stop ? "stopped" : "cancelled")}"
            : $"the sweep '{document.Id}' is {document.State.ToString().ToLowerInvariant()}",
        remedy,
        kind: InputErrorKind.Conflict);

    private async Task<SweepState> HaltAsync(
        string sweepId, HaltKind kind, SweepState end, CancellationToken cancellationToken)
    {
        var document = await ChangeAsync(
            sweepId,
            present => present.State switch
            {
                var state when state.IsActive() => present.Halt > kind
                    ? throw Conflict(present, "wait until it has ended")
                    : present.Halt == kind ? present : present with { Halt = kind },
                // The report of what had finished is still to be written.
                SweepState.Paused when kind != HaltKind.Pause => Again(present) with { Halt = kind },
                _ => present.State == end ? present : throw Conflict(present, "only a sweep that has not ended can be ended"),
            },
            cancellationToken);
        if (!document.State.IsActive()) return document.State;

        // Also where it was asked for before: whoever asked may have died right after.
        await store.WriteJsonAsync(Flag(sweepId), new { AskedAt = time.GetUtcNow() }, cancellationToken);
        await host.RaiseControlAsync(sweepId, cancellationToken);
        if (document.State == SweepState.Waiting) await host.StartAsync(store, document, cancellationToken);
        return document.State;
    }

    private async Task<SweepState> GoOnAsync(
        string sweepId, Func<SweepDocument, SweepDocument> change, CancellationToken cancellationToken)
    {
        SweepDocument? before = null;
        var document = await ChangeAsync(sweepId, present => change(before = present), cancellationToken);
        await store.MoveAsync(before!, document, cancellationToken);
        if (document.Halt != HaltKind.None || !document.State.IsActive()) return document.State;
        await store.DeleteAsync(Flag(sweepId), cancellationToken);
        await host.RaiseControlAsync(sweepId, cancellationToken);
        if (document.State == SweepState.Waiting) await host.StartAsync(store, document, cancellationToken);
        return document.State;
    }

    private async Task<SweepDocument> ChangeAsync(
        string sweepId, Func<SweepDocument, SweepDocument> change, CancellationToken cancellationToken)
    {
        await _lost.SettleAsync(await store.GetSweepAsync(sweepId, cancellationToken), cancellationToken);
        return await store.UpdateJsonAsync(SweepDocuments.PathOf(sweepId), change, cancellationToken)
            ?? throw SweepDocuments.NoSuchSweep(sweepId);
    }

    private static BlobPath Flag(string sweepId) => BlobPaths.Sweep(sweepId, SweepFiles.Halt);
}
