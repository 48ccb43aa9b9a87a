using System.Runtime.CompilerServices;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;

namespace MusicPipeline.Sweeps.Results;

/// <summary>What the catalogs of a worker, one a request, have found out and need not find out again.</summary>
public sealed class CatalogCache(IArtifactStore store)
{
    /// <summary>The studies of each trial.</summary>
    internal ConditionalWeakTable<SweepPlan, ILookup<string, string>> Studies { get; } = [];

    /// <summary>The best means over folds.</summary>
    internal ConditionalWeakTable<SweepPlan, MeansOfPlan> Means { get; } = [];

    /// <summary>How the trials of ended sweeps ended.</summary>
    internal EndedSweeps Ended { get; } = new(store);
}
