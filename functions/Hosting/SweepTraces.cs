using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Functions.Hosting;

/// <summary>
/// Keeps the steps of a sweep in the trace of the request that started it. Durable's own spans do so too, but a host
/// that records none of them hands its activities no span to go under.
/// </summary>
public sealed class SweepTraces(IArtifactStore store, PlanCache plans, IngestionTraces uploads, ILogger<SweepTraces> logger) : IDisposable
{
    private const string File = "trace.json";

    private readonly ActivitySource _source = new(TrialTracing.SourceName);
    private Known? _last;

    /// <summary>Puts on record that the present span starts a sweep.</summary>
    public async Task RecordAsync(string sweepId, CancellationToken cancellationToken)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id }) return;
        try
        {
            await store.WriteJsonAsync(BlobPaths.Sweep(sweepId, File), new TraceRecord(id), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TraceFailed(logger, sweepId, exception);
        }
    }

    /// <summary>
    /// A step of a planned sweep: links the span that the host gave it, or else one of its own in the sweep's trace, to
    /// the upload of the data.
    /// </summary>
    /// <returns>The span of its own, to be disposed of at the end of the step, or null.</returns>
    public async Task<Activity?> BeginAsync(string step, string sweepId, CancellationToken cancellationToken)
    {
        // Any run's plan will do: the data of a sweep never change.
        var plan = await plans.GetAsync(new RunKey(sweepId, Run: 0), trials: 0, cancellationToken);
        var upload = await uploads.FindAsync(plan.Dataset, plan.DatasetVersion, cancellationToken);
        if (Activity.Current is { } present)
        {
            if (upload is { } link) present.AddLink(link);
            return null;
        }

        var parent = await FindAsync(sweepId, cancellationToken);
        return _source.CreateActivity(step, ActivityKind.Internal, parent, links: upload is { } known ? [known] : null);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private async Task<ActivityContext> FindAsync(string sweepId, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _last) is { } last && last.SweepId == sweepId) return last.Context;
        try
        {
            var trace = await store.TryReadJsonAsync<TraceRecord>(BlobPaths.Sweep(sweepId, File), cancellationToken);
            if (!ActivityContext.TryParse(trace?.TraceParent, null, isRemote: true, out var context)) return default;
            Volatile.Write(ref _last, new Known(sweepId, context));
            return context;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TraceFailed(logger, sweepId, exception);
            return default;
        }
    }

    private sealed record Known(string SweepId, ActivityContext Context);
}
