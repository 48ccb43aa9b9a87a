using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>A pruner that a request may have compare trials by another metric.</summary>
public abstract record ComparingPruner : Pruner
{
    private protected ComparingPruner(string kind, string words)
        : base(kind, words)
    {
    }

    /// <summary>What trials are compared by; validation accuracy by default.</summary>
    [JsonPropertyOrder(-1), Description("Of the validation rows"), DefaultValue(PruningMetric.Accuracy)]
    public PruningMetric? Metric { get; init; }

    internal sealed override PruningMetric ComparedBy => Metric ?? PruningMetric.Accuracy;
}
