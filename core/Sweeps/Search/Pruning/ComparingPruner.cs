using System.ComponentModel;
using System.Text.Json.Serialization;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>A pruner that a request may have compare trials by another metric.</summary>
public abstract record ComparingPruner : Pruner
{
    private protected ComparingPruner(string kind, string words)
        : base(kind, words)
    {
    }

    /// <summary>What trials are compared by; the sweep's objective by default, which is accuracy unless a request names another.</summary>
    [JsonPropertyOrder(-1), Description("Of the validation rows"), DefaultValue(Objective.Accuracy)]
    public Objective? Metric { get; init; }

    internal sealed override Pruner By(Objective objective) =>
        objective == Objective.Accuracy || Metric is not null ? this : this with { Metric = objective };

    internal sealed override Objective ComparedBy => Metric ?? Objective.Accuracy;
}
