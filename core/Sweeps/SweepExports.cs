using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps;

/// <summary>Hands out the tables that a sweep's report was made from.</summary>
public sealed class SweepExports(IArtifactStore store)
{
    /// <summary>The media type of the tables.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>A stream over <see cref="SweepFiles.Trials"/> or <see cref="SweepFiles.Histories"/> of a sweep.</summary>
    /// <exception cref="InputException">There is no such sweep, or it has no tables yet.</exception>
    public async Task<Stream> OpenAsync(string sweepId, string file, CancellationToken cancellationToken = default)
    {
        var document = await store.GetSweepAsync(sweepId, cancellationToken);
        var path = BlobPaths.Sweep(sweepId, file);
        if (await store.FindAsync(path, cancellationToken) is not null) return await store.OpenReadAsync(path, cancellationToken);
        throw new InputException(
            $"the sweep '{sweepId}' is {document.State.ToString().ToLowerInvariant()} and has no {file}",
            document.State is SweepState.Completed or SweepState.Cancelled or SweepState.Failed
                ? "start it again; its trials are on record" : "ask again when it has completed",
            kind: InputErrorKind.Conflict);
    }
}
