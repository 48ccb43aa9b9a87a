using BitFaster.Caching.Lru;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>A run of a sweep, as whoever needs the plan of it names it.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Run">
/// Number of the run: an earlier run's plan may lack trials, and a later one's is that of a sweep that was deleted since. 0 takes any.
/// </param>
/// <param name="Since">See <see cref="PlanGrowth.Since"/>; null takes any.</param>
public readonly record struct RunKey(string SweepId, int Run, DateTimeOffset? Since = null);

/// <summary>Reads plans from storage, and keeps a few: a worker trains many trials of the same sweeps.</summary>
public sealed class PlanCache(IArtifactStore store)
{
    private const int Kept = 4;

    private readonly ConcurrentLru<string, SweepPlan> _plans = new(concurrencyLevel: 1, Kept, StringComparer.Ordinal);

    /// <summary>The plan of a sweep.</summary>
    /// <param name="key">The run that asks.</param>
    /// <param name="trials">Trials that it is to have at least, where it grows while the sweep runs.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The sweep has no plan.</exception>
    public async Task<SweepPlan> GetAsync(RunKey key, int trials, CancellationToken cancellationToken = default) =>
        await FindAsync(key, trials, cancellationToken) ?? throw SweepDocuments.NoSuchSweep(key.SweepId);

    /// <summary>The plan of a sweep, or null where it has none yet; of the run before where there is no newer one.</summary>
    internal async Task<SweepPlan?> FindAsync(RunKey key, int trials, CancellationToken cancellationToken)
    {
        if (_plans.TryGet(key.SweepId, out var kept) && (key.Run == 0 || kept.Run == key.Run)
            && (kept.Growth is not { } growth || (kept.Trials.Count >= trials && (key.Since is null || key.Since == growth.Since))))
        {
            return kept;
        }

        var plan = await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(key.SweepId, SweepFiles.Plan), cancellationToken);
        if (plan is not null) Keep(plan);
        return plan;
    }

    /// <summary>Forgets what was kept of a sweep whose plan was just written anew.</summary>
    internal void Forget(string sweepId) => _plans.TryRemove(sweepId);

    /// <summary>Keeps a plan that was just written.</summary>
    internal void Keep(SweepPlan plan) => _plans.AddOrUpdate(plan.SweepId, plan);
}
