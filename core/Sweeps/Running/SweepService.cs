using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Starts sweeps. It may be repeated without harm.</summary>
public sealed class SweepService(
    IArtifactStore store, DatasetStore datasets, ISweepHost host, TimeProvider time, ILogger<SweepService> logger)
{
    private readonly LostSweeps _lost = new(store, host, time);

    /// <summary>
    /// Starts a sweep on the current version of its data set. The same request on the same data is the same sweep: it
    /// is started again only if it had failed, was cancelled or has trials that failed, or where
    /// <paramref name="runAgain"/> asks for it, which also lifts a pause. Every trial on record is reused.
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
        var (dataset, version) = idempotencyKey is null
            ? await RequestedData.FindAsync(datasets, request, cancellationToken)
            : await ClaimAsync(idempotencyKey, request, cancellationToken);
        var plan = SweepPlanner.Plan(request, dataset, version, idempotencyKey);
        var document = new SweepDocument(
            plan.SweepId,
            SweepState.Waiting,
            // So the request on record, sent again, is this sweep, whatever data has come since.
            request with { Dataset = dataset, DatasetVersion = version },
            plan.Dataset,
            plan.DatasetVersion,
            time.GetUtcNow())
        {
            IdempotencyKey = idempotencyKey,
            Note = plan.Note,
        };
        var path = SweepDocuments.PathOf(plan.SweepId);
        if (!await store.TryCreateJsonAsync(path, document, cancellationToken)
            && await store.TryReadJsonAsync<SweepDocument>(path, cancellationToken) is { } present)
        {
            return await StartKnownAsync(await _lost.SettleAsync(present, cancellationToken), request, runAgain, cancellationToken);
        }

        Log.SweepAccepted(logger, plan.SweepId, plan.Trials.Count, plan.Dataset, plan.DatasetVersion);
        await host.StartAsync(store, document, cancellationToken);
        return new StartedSweep(plan.SweepId, SweepState.Waiting, IsNew: true);
    }

    /// <summary>Starts again what was waiting or running when a host stopped; returns the sweeps.</summary>
    public async Task<IReadOnlyList<string>> ResumeAsync(CancellationToken cancellationToken = default)
    {
        var resumed = new List<string>();
        await foreach (var document in store.ListSweepsAsync(cancellationToken))
        {
            if (!document.State.IsActive()) continue;
            await host.StartAsync(store, document, cancellationToken);
            resumed.Add(document.Id);
        }

        // What a process that died has left is put right, too.
        await store.TidyOpenSweepsAsync(cancellationToken);
        return resumed;
    }

    /// <summary>A sweep with what is no part of its name as the request says, whatever an extension has said before.</summary>
    private static SweepDocument Tuned(SweepDocument known, SweepRequest request) => known with
    {
        Request = known.Request with { Device = request.Device, MaxParallel = request.MaxParallel, Priority = request.Priority },
        Extensions = known.Extensions is null
            ? null
            : [.. known.Extensions.Select(extension => extension with { Device = null, MaxParallel = null, Priority = null })],
    };

    /// <summary>A sweep under the name, notes and tags that it was given last.</summary>
    private static SweepDocument Labelled(SweepDocument known, SweepRequest request) =>
        known with { Request = known.Request.LabelledAs(request) };

    private static bool IsRelabelled(SweepRequest known, SweepRequest request)
    {
        var labelled = known.LabelledAs(request);
        return (labelled.Name, labelled.Notes) != (known.Name, known.Notes)
            || !(labelled.Tags ?? []).SequenceEqual(known.Tags ?? [], StringComparer.Ordinal);
    }

    private static bool CanRunAgain(SweepDocument document, bool runAgain) => document.State switch
    {
        SweepState.Cancelled or SweepState.Stopped or SweepState.Failed => true,
        // A pause holds until it is lifted, by a resume or by who waits for the sweep's end.
        SweepState.Paused => runAgain,
        SweepState.Completed => runAgain || document.Counts is { Failed: > 0 },
        _ => false,
    };

    private async Task<StartedSweep> StartKnownAsync(
        SweepDocument known, SweepRequest request, bool runAgain, CancellationToken cancellationToken)
    {
        var again = CanRunAgain(known, runAgain);
        var present = known;
        if (again) await store.DeleteAsync(BlobPaths.Sweep(known.Id, SweepFiles.Halt), cancellationToken);
        if (again || IsRelabelled(known.Request, request))
        {
            present = await store.UpdateJsonAsync<SweepDocument>(
                SweepDocuments.PathOf(known.Id),
                document => Labelled(
                    again && document.State == known.State ? Tuned(SweepControl.Again(document), request) : document, request),
                cancellationToken) ?? throw SweepDocuments.NoSuchSweep(known.Id);
        }

        if (present.State.IsActive()) await host.StartAsync(store, present, cancellationToken);
        return new StartedSweep(known.Id, again ? SweepState.Waiting : known.State, IsNew: again);
    }

    /// <summary>The data that a key stands for: whoever sends it first decides, and all others follow.</summary>
    private async Task<(string Dataset, string Version)> ClaimAsync(
        string key, SweepRequest request, CancellationToken cancellationToken)
    {
        IdempotencyClaim.CheckKey(key);
        var path = IdempotencyClaim.PathOf(key);
        if (await store.TryReadJsonAsync<IdempotencyClaim>(path, cancellationToken) is not { } claim)
        {
            var (dataset, version) = await RequestedData.FindAsync(datasets, request, cancellationToken);
            claim = new IdempotencyClaim(IdempotencyClaim.HashOf(request), dataset, version);
            if (!await store.TryCreateJsonAsync(path, claim, cancellationToken))
                claim = await store.TryReadJsonAsync<IdempotencyClaim>(path, cancellationToken) ?? claim;
        }

        claim.Check(key, request);
        return (claim.Dataset, claim.DatasetVersion);
    }
}
