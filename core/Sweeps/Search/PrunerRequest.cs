using MusicPipeline.Sweeps.Search.Pruning;

namespace MusicPipeline.Sweeps.Search;

/// <summary>Which rule ends trials early, and its parameters; a rule takes those of its own and no others.</summary>
public sealed record PrunerRequest
{
    /// <summary>The rule.</summary>
    public PrunerKind Kind { get; init; }

    /// <summary>What trials are compared by; validation accuracy by default.</summary>
    public PruningMetric? Metric { get; init; }

    /// <summary>Asha: epochs before the first check; 1 by default.</summary>
    public int? MinEpochs { get; init; }

    /// <summary>Asha: of so many trials one is promoted, 2 to 100; 3 by default.</summary>
    public int? Factor { get; init; }

    /// <summary>Median: completed trials from which on anything is pruned; 5 by default.</summary>
    public int? StartupTrials { get; init; }

    /// <summary>Median and threshold: epochs at the start in which nothing is pruned; 0 by default.</summary>
    public int? WarmupEpochs { get; init; }

    /// <summary>Median: epochs from a check to the next; 5 by default.</summary>
    public int? Interval { get; init; }

    /// <summary>Threshold: the lowest accuracy, or the highest loss, that a trial may have. Required.</summary>
    public double? Limit { get; init; }

    /// <summary>Patience: epochs without an improvement; 5 by default.</summary>
    public int? Patience { get; init; }

    /// <summary>Patience: what an improvement must exceed; 0 by default.</summary>
    public double? Margin { get; init; }

    /// <summary>The rule with its parameters.</summary>
    /// <exception cref="InvalidOperationException">A threshold has no limit.</exception>
    public IPruner Create() => Kind switch
    {
        PrunerKind.Median => new MedianPruner(StartupTrials ?? 5, WarmupEpochs ?? 0, Interval ?? 5),
        PrunerKind.Asha => new AsynchronousHalving(MinEpochs ?? 1, Factor ?? 3),
        PrunerKind.Threshold when Limit is { } limit =>
            new ThresholdPruner(Metric == PruningMetric.Loss ? -limit : limit, WarmupEpochs ?? 0),
        PrunerKind.Threshold => throw new InvalidOperationException("The pruner 'threshold' has no limit."),
        PrunerKind.Patience => new PatiencePruner(Patience ?? 5, Margin ?? 0),
        _ => new NoPruner(),
    };
}
