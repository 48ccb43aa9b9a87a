using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps;

/// <summary>Reads how the trials of ended sweeps ended, and keeps a few.</summary>
internal sealed class EndedSweeps(IArtifactStore store)
{
    private const int Kept = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string SweepId, EndedTrials Trials)> _sweeps = [];

    /// <summary>The trials of a sweep; null where it has not ended, or was ended by a version that wrote no such file.</summary>
    public async Task<EndedTrials?> FindAsync(SweepDocument document, CancellationToken cancellationToken)
    {
        if (document.State is not (SweepState.Completed or SweepState.Stopped or SweepState.Cancelled or SweepState.Failed)) return null;
        lock (_gate)
        {
            if (_sweeps.FirstOrDefault(IsThis) is { Trials: { } known }) return known;
        }

        var file = await store.TryReadAsync(BlobPaths.Sweep(document.Id, SweepFiles.Ended), cancellationToken);
        if (file is null || EndedTrials.Read(file.Bytes) is not { } read || read.Run.Run != document.Run) return null;
        lock (_gate)
        {
            _sweeps.AddFirst((document.Id, read));
            if (_sweeps.Count > Kept) _sweeps.RemoveLast();
        }

        return read;

        bool IsThis((string SweepId, EndedTrials Trials) kept) => kept.SweepId == document.Id && kept.Trials.Run.Run == document.Run;
    }
}
