using System.Globalization;
using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>
/// The sweeps that an orchestration runs or is to run, by their names in one small container, so that a start looks at those alone,
/// whatever is on record. A sweep is entered before its orchestration starts and again when it is planned, and taken out
/// after its end is on record: of a process that dies in between an entry too many is left, never one too few, and whoever
/// reads an entry for more than its name asks the sweep's document.
/// </summary>
public static class OpenSweeps
{
    private const int LowestPriority = -10;

    /// <summary>Enters a sweep that is on record, and has its host start it.</summary>
    internal static async Task StartAsync(
        this ISweepHost host, IArtifactStore store, SweepDocument sweep, CancellationToken cancellationToken)
    {
        await store.OpenAsync(sweep, cancellationToken);
        await host.StartAsync(sweep.Id, cancellationToken);
    }

    /// <summary>Enters a sweep.</summary>
    internal static Task OpenAsync(this IArtifactStore store, SweepDocument sweep, CancellationToken cancellationToken) =>
        store.WriteAsync(PathOf(sweep), ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>Enters an open sweep anew whose priority has changed.</summary>
    internal static async Task MoveAsync(
        this IArtifactStore store, SweepDocument before, SweepDocument after, CancellationToken cancellationToken)
    {
        if (!after.State.IsActive() || PathOf(before) == PathOf(after)) return;
        await store.OpenAsync(after, cancellationToken);
        await store.DeleteAsync(PathOf(before), cancellationToken);
    }

    /// <summary>Takes a sweep out, unless it is open.</summary>
    internal static async Task CloseAsync(this IArtifactStore store, SweepDocument? sweep, CancellationToken cancellationToken)
    {
        if (sweep is not null && !sweep.State.IsActive()) await store.DeleteAsync(PathOf(sweep), cancellationToken);
    }

    /// <summary>Takes out every sweep that is not open.</summary>
    internal static async Task TidyOpenSweepsAsync(this IArtifactStore store, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ListAsync(Containers.OpenSweeps, cancellationToken: cancellationToken))
            await store.FindOpenAsync(entry.Path, cancellationToken);
    }

    /// <summary>Whether a sweep of a higher priority waits for workers or has them.</summary>
    internal static async Task<bool> IsOutrankedAsync(this IArtifactStore store, SweepDocument sweep, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ListAsync(Containers.OpenSweeps, cancellationToken: cancellationToken))
        {
            if (Parse(entry.Path).Priority <= sweep.Priority) continue;
            var other = await store.FindOpenAsync(entry.Path, cancellationToken);
            if (other is { Halt: HaltKind.None } && other.Priority > sweep.Priority) return true;
        }

        return false;
    }

    /// <summary>The sweeps of a lower priority, which have to be told when this one starts.</summary>
    public static async Task<IReadOnlyList<string>> FindOutrankedAsync(
        this IArtifactStore store, SweepDocument sweep, CancellationToken cancellationToken = default)
    {
        var lower = new List<string>();
        await foreach (var entry in store.ListAsync(Containers.OpenSweeps, cancellationToken: cancellationToken))
        {
            var (priority, id) = Parse(entry.Path);
            // In the order of names, the lowest first.
            if (priority >= sweep.Priority) break;
            lower.Add(id);
        }

        return lower;
    }

    /// <summary>The sweep of an entry; null, and the entry is taken out, where it is not open.</summary>
    private static async Task<SweepDocument?> FindOpenAsync(this IArtifactStore store, BlobPath entry, CancellationToken cancellationToken)
    {
        var sweep = await store.TryReadJsonAsync<SweepDocument>(SweepDocuments.PathOf(Parse(entry).Id), cancellationToken);
        if (sweep?.State.IsActive() == true) return sweep;
        await store.DeleteAsync(entry, cancellationToken);
        return null;
    }

    private static BlobPath PathOf(SweepDocument sweep) => BlobPaths.OpenSweep(sweep.Priority - LowestPriority, sweep.Id);

    private static (int Priority, string Id) Parse(BlobPath path)
    {
        var slash = path.Name.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(path.Name.AsSpan(0, slash), CultureInfo.InvariantCulture) + LowestPriority, path.Name[(slash + 1)..]);
    }
}
