using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps;

/// <summary>Who comes first, where the workers themselves know no priorities.</summary>
public static class SweepPriorities
{
    /// <summary>Whether a sweep of a higher priority waits for workers or has them.</summary>
    internal static async Task<bool> IsOutrankedAsync(this IArtifactStore store, SweepDocument document, CancellationToken cancellationToken) =>
        await store.ListSweepsAsync(cancellationToken).AnyAsync(other => IsActive(other) && other.Priority > document.Priority, cancellationToken);

    /// <summary>The running sweeps of a lower priority, which have to be told when this one starts.</summary>
    public static async Task<IReadOnlyList<string>> FindOutrankedAsync(
        this IArtifactStore store, string sweepId, CancellationToken cancellationToken = default)
    {
        var documents = await store.ListSweepsAsync(cancellationToken).ToListAsync(cancellationToken);
        return documents.Find(document => document.Id == sweepId) is not { } started ? []
            : [.. documents.Where(document => IsActive(document) && document.Priority < started.Priority).Select(document => document.Id)];
    }

    private static bool IsActive(SweepDocument document) =>
        document is { IsOpen: true, Halt: HaltKind.None };
}
