namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>What pruners compare trials by.</summary>
public enum PruningMetric
{
    /// <summary>Validation accuracy, as the winner is chosen.</summary>
    Accuracy,

    /// <summary>Validation loss.</summary>
    Loss,
}
