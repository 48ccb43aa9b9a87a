using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Reads how the trials of ended sweeps ended, and keeps a few.</summary>
internal sealed class EndedSweeps(IArtifactStore store)
{
    private const int Kept = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<(SweepDocument Sweep, EndedTrials Trials)> _sweeps = [];

    /// <summary>The trials of a sweep; null where it has not ended, or was ended by a version that wrote no such file.</summary>
    public async Task<EndedTrials?> FindAsync(SweepDocument document, CancellationToken cancellationToken)
    {
        if (!document.HasEnded) return null;
        lock (_gate)
        {
            if (_sweeps.FirstOrDefault(IsThis) is { Trials: { } known }) return known;
        }

        var file = await store.TryReadAsync(BlobPaths.Sweep(document.Id, SweepFiles.Ended), cancellationToken);
        if (file is null || EndedTrials.Read(file.Bytes) is not { } read || read.Run.Run != document.Run) return null;
        lock (_gate)
        {
            _sweeps.AddFirst((document, read));
            if (_sweeps.Count > Kept) _sweeps.RemoveLast();
        }

        return read;

        // A sweep that was deleted and started again has the same first run, and ends at another time.
        bool IsThis((SweepDocument Sweep, EndedTrials Trials) kept) =>
            (kept.Sweep.Id, kept.Sweep.Run, kept.Sweep.FinishedAt) == (document.Id, document.Run, document.FinishedAt);
    }
}
