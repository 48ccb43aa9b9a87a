using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>Reads plans from storage, and keeps a few: a worker trains many trials of the same sweeps.</summary>
public sealed class PlanCache(IArtifactStore store)
{
    private const int Kept = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<SweepPlan> _plans = [];

    /// <summary>The plan of a sweep.</summary>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="run">The run that asks: an earlier run's plan may lack trials. 0 takes any.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The sweep has no plan.</exception>
    public async Task<SweepPlan> GetAsync(string sweepId, int run, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_plans.FirstOrDefault(kept => kept.SweepId == sweepId && kept.Run >= run) is { } known)
            {
                _plans.Remove(known);
                _plans.AddFirst(known);
                return known;
            }
        }

        var plan = await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(sweepId, SweepFiles.Plan), cancellationToken)
            ?? throw SweepService.NoSuchSweep(sweepId);
        lock (_gate)
        {
            if (_plans.FirstOrDefault(kept => kept.SweepId == sweepId) is { } older) _plans.Remove(older);
            _plans.AddFirst(plan);
            if (_plans.Count > Kept) _plans.RemoveLast();
        }

        return plan;
    }
}
