using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Storage;

namespace MusicPipeline.Functions.Hosting;

/// <summary>
/// Joins an upload's trace to the sweeps that use it. They start days apart and so are traces of their own; the plan of
/// a sweep and every trial link to the span that ingested their data.
/// </summary>
public sealed class IngestionTraces(IArtifactStore store, DatasetStore datasets, ILogger<IngestionTraces> logger)
{
    private const string File = "trace.json";

    private Known? _last;

    /// <summary>Puts on record that the present span has ingested the data set that an uploaded file belongs to.</summary>
    public async Task RecordAsync(string file, CancellationToken cancellationToken)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id }) return;
        var name = DatasetFileName.Parse(file).Dataset;
        try
        {
            if (await datasets.FindCurrentAsync(name, cancellationToken) is not { } current) return;
            // The same arrays uploaded again are the same version; the first upload made it.
            await store.TryCreateJsonAsync(BlobPaths.Dataset(name, current.Version, File), new TraceRecord(id), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TraceFailed(logger, name, exception);
        }
    }

    /// <summary>The link to a version's ingestion, or null where none is on record. The last one is kept.</summary>
    public async Task<ActivityLink?> FindAsync(string dataset, string version, CancellationToken cancellationToken)
    {
        if (TryGet(dataset, version, out var known)) return known;
        try
        {
            var trace = await store.TryReadJsonAsync<TraceRecord>(BlobPaths.Dataset(dataset, version, File), cancellationToken);
            var link = trace is not null && ActivityContext.TryParse(trace.TraceParent, null, isRemote: true, out var context)
                ? new ActivityLink(context)
                : (ActivityLink?)null;
            Volatile.Write(ref _last, new Known(dataset, version, link));
            return link;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A sweep is worth more than its trace.
            Log.TraceFailed(logger, dataset, exception);
            return null;
        }
    }

    /// <summary>The link, where <see cref="FindAsync"/> was the last to look for this version.</summary>
    internal bool TryGet(string dataset, string version, out ActivityLink? link)
    {
        var last = Volatile.Read(ref _last);
        var fits = last is not null && last.Dataset == dataset && last.Version == version;
        link = fits ? last!.Link : null;
        return fits;
    }

    private sealed record Known(string Dataset, string Version, ActivityLink? Link);
}
