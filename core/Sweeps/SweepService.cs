using Microsoft.Extensions.Logging;
using MusicPipeline.Datasets;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;

namespace MusicPipeline.Sweeps;

/// <summary>Starts and cancels sweeps. Both may be repeated without harm.</summary>
public sealed class SweepService(
    IArtifactStore store, DatasetStore datasets, ISweepHost host, TimeProvider time, ILogger<SweepService> logger)
{
    /// <summary>
    /// Starts a sweep on the current version of its data set. The same request on the same data is the same sweep: it
    /// is started again only if it had failed or was cancelled, or where <paramref name="runAgain"/> asks for it (which
    /// reuses every trial on record).
    /// </summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="idempotencyKey">Makes the sweep another one than the same request without the key.</param>
    /// <param name="runAgain">Whether a completed sweep is to run again.</param>
    /// <param name="cancellationToken">Stops the call, not the sweep.</param>
    /// <exception cref="InputException">
    /// The request is wrong, the data set is not there, or the key was used for another request.
    /// </exception>
    public async Task<StartedSweep> StartAsync(
        SweepRequest request,
        string? idempotencyKey = null,
        bool runAgain = false,
        CancellationToken cancellationToken = default)
    {
        SweepRequestRules.Check(request);
        if (idempotencyKey is not null && await FindByKeyAsync(idempotencyKey, request, cancellationToken) is { } known)
            return await StartKnownAsync(known, runAgain, cancellationToken);

        var dataset = await datasets.ResolveAsync(request.Dataset, cancellationToken);
        var plan = SweepPlanner.Plan(request, dataset.Name, dataset.Version, idempotencyKey);
        var document = new SweepDocument(
            plan.SweepId, SweepState.Waiting, request, plan.Dataset, plan.DatasetVersion, time.GetUtcNow())
        {
            IdempotencyKey = idempotencyKey,
        };
        if (idempotencyKey is not null) await ClaimKeyAsync(idempotencyKey, document, cancellationToken);
        var path = BlobPaths.Sweep(plan.SweepId, SweepFiles.Sweep);
        if (!await store.TryCreateJsonAsync(path, document, cancellationToken)
            && await store.TryReadJsonAsync<SweepDocument>(path, cancellationToken) is { } present)
        {
            return await StartKnownAsync(present, runAgain, cancellationToken);
        }

        Log.SweepAccepted(logger, plan.SweepId, plan.Trials.Count, plan.Dataset, plan.DatasetVersion);
        await host.StartAsync(plan.SweepId, cancellationToken);
        return new StartedSweep(plan.SweepId, SweepState.Waiting, IsNew: true);
    }

    /// <summary>
    /// Cancels a sweep: no trial is started any more, running ones stop within about a second, and the report covers
    /// what had finished. A sweep that was cancelled before stays so.
    /// </summary>
    /// <exception cref="InputException">There is no such sweep, or it has ended already.</exception>
    public async Task<SweepState> CancelAsync(string sweepId, CancellationToken cancellationToken = default)
    {
        var document = await store.TryReadJsonAsync<SweepDocument>(
            BlobPaths.Sweep(sweepId, SweepFiles.Sweep), cancellationToken) ?? throw NoSuchSweep(sweepId);
        if (document.State == SweepState.Cancelled) return SweepState.Cancelled;
        if (document.State is SweepState.Completed or SweepState.Failed)
        {
            throw new InputException(
                $"the sweep '{sweepId}' has already {document.State.ToString().ToLowerInvariant()}",
                "only a waiting or running sweep can be cancelled",
                kind: InputErrorKind.Conflict);
        }

        await store.WriteJsonAsync(
            BlobPaths.Sweep(sweepId, SweepFiles.CancelFlag), new { CancelledAt = time.GetUtcNow() }, cancellationToken);
        await host.RaiseCancelAsync(sweepId, cancellationToken);
        return document.State;
    }

    /// <summary>Starts again what was running when a host stopped; returns the sweeps.</summary>
    public async Task<IReadOnlyList<string>> ResumeAsync(CancellationToken cancellationToken = default)
    {
        var resumed = new List<string>();
        await foreach (var id in store.ListFoldersAsync(Containers.Sweeps, cancellationToken: cancellationToken))
        {
            var path = BlobPaths.Sweep(id, SweepFiles.Sweep);
            if (await store.TryReadJsonAsync<SweepDocument>(path, cancellationToken)
                is not { State: SweepState.Waiting or SweepState.Running })
            {
                continue;
            }

            await host.StartAsync(id, cancellationToken);
            resumed.Add(id);
        }

        return resumed;
    }

    internal static InputException NoSuchSweep(string sweepId) => new(
        $"there is no sweep '{sweepId}'", "list the sweeps to see which there are", kind: InputErrorKind.NotFound);

    private async Task<StartedSweep> StartKnownAsync(
        SweepDocument known, bool runAgain, CancellationToken cancellationToken)
    {
        var ended = known.State is SweepState.Cancelled or SweepState.Failed
            || (runAgain && known.State == SweepState.Completed);
        if (ended)
        {
            await store.DeleteAsync(BlobPaths.Sweep(known.Id, SweepFiles.CancelFlag), cancellationToken);
            await store.UpdateJsonAsync<SweepDocument>(
                BlobPaths.Sweep(known.Id, SweepFiles.Sweep),
                document => document.State == known.State
                    ? document with { State = SweepState.Waiting, FinishedAt = null, Error = null }
                    : document,
                cancellationToken);
        }

        var runs = ended || known.State is SweepState.Waiting or SweepState.Running;
        if (runs) await host.StartAsync(known.Id, cancellationToken);
        return new StartedSweep(known.Id, ended ? SweepState.Waiting : known.State, IsNew: ended);
    }

    private async Task<SweepDocument?> FindByKeyAsync(
        string key, SweepRequest request, CancellationToken cancellationToken)
    {
        var claim = await store.TryReadJsonAsync<IdempotencyClaim>(IdempotencyClaim.PathOf(key), cancellationToken);
        if (claim is null) return null;
        if (claim.RequestHash != IdempotencyClaim.HashOf(request)) throw IdempotencyClaim.Reused(key);
        return await store.TryReadJsonAsync<SweepDocument>(
            BlobPaths.Sweep(claim.SweepId, SweepFiles.Sweep), cancellationToken);
    }

    private async Task ClaimKeyAsync(string key, SweepDocument document, CancellationToken cancellationToken)
    {
        var hash = IdempotencyClaim.HashOf(document.Request);
        var path = IdempotencyClaim.PathOf(key);
        if (await store.TryCreateJsonAsync(path, new IdempotencyClaim(document.Id, hash), cancellationToken)) return;
        var winner = await store.TryReadJsonAsync<IdempotencyClaim>(path, cancellationToken);
        if (winner?.RequestHash != hash) throw IdempotencyClaim.Reused(key);
    }
}
