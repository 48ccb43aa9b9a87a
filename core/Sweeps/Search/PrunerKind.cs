namespace MusicPipeline.Sweeps.Search;

/// <summary>The rules that can end trials early.</summary>
public enum PrunerKind
{
    /// <summary>None does.</summary>
    None,

    /// <summary>Worse than the median of completed trials; see <see cref="Pruning.MedianPruner"/>.</summary>
    Median,

    /// <summary>Asynchronous successive halving; see <see cref="Pruning.AsynchronousHalving"/>.</summary>
    Asha,

    /// <summary>Beyond a limit; see <see cref="Pruning.ThresholdPruner"/>.</summary>
    Threshold,

    /// <summary>No better for some epochs; see <see cref="Pruning.PatiencePruner"/>.</summary>
    Patience,
}
