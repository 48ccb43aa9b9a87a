using System.Runtime.CompilerServices;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>The documents of sweeps in storage.</summary>
public static class SweepDocuments
{
    private const int ParallelReads = 16;

    /// <summary>Where the document of a sweep lies.</summary>
    public static BlobPath PathOf(string sweepId) => BlobPaths.Sweep(sweepId, SweepFiles.Sweep);

    /// <summary>A sweep's document.</summary>
    /// <exception cref="InputException">There is no such sweep.</exception>
    public static async Task<SweepDocument> GetSweepAsync(
        this IArtifactStore store, string sweepId, CancellationToken cancellationToken)
    {
        var document = TrialId.CanBeId(sweepId)
            ? await store.TryReadJsonAsync<SweepDocument>(PathOf(sweepId), cancellationToken)
            : null;
        return document ?? throw NoSuchSweep(sweepId);
    }

    /// <summary>The error of a sweep that is not on record.</summary>
    internal static InputException NoSuchSweep(string sweepId) => new(
        $"there is no sweep '{sweepId}'", "list the sweeps to see which there are", kind: InputErrorKind.NotFound);

    /// <summary>
    /// Puts on record that a run of a sweep failed. Repeating it changes nothing, and a sweep that has ended, runs anew or is
    /// gone stays so.
    /// </summary>
    /// <returns>The sweep as it is on record then; null where it is gone.</returns>
    public static async Task<SweepDocument?> FailAsync(
        this IArtifactStore store, string sweepId, int run, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var document = await store.UpdateJsonAsync<SweepDocument>(
            PathOf(sweepId),
            document => document.State.IsActive() && document.Run == run
                ? document with { State = SweepState.Failed, Halt = HaltKind.None, Error = reason, FinishedAt = now }
                : document,
            cancellationToken);
        await store.CloseAsync(document, cancellationToken);
        return document;
    }

    /// <summary>Every sweep on record, in the order of ids; a few are read at once.</summary>
    public static async IAsyncEnumerable<SweepDocument> ListSweepsAsync(
        this IArtifactStore store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reads = new Queue<Task<SweepDocument?>>();
        await foreach (var id in store.ListFoldersAsync(Containers.Sweeps, cancellationToken: cancellationToken))
        {
            reads.Enqueue(store.TryReadJsonAsync<SweepDocument>(PathOf(id), cancellationToken));
            if (reads.Count == ParallelReads && await reads.Dequeue() is { } document) yield return document;
        }

        while (reads.TryDequeue(out var read))
        {
            if (await read is { } document) yield return document;
        }
    }
}
