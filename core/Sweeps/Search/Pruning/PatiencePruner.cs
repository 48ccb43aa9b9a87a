using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// Early stopping: ends a trial that for some epochs has not become better than its best before by more than a margin
/// (L. Prechelt, Early stopping - but when?, 1998; the parameters are those of Keras' EarlyStopping).
/// </summary>
public sealed record PatiencePruner() : ComparingPruner("patience", "no better for some epochs")
{
    /// <summary>Epochs without an improvement after which it ends.</summary>
    [Description("epochs without an improvement"), Range(1, Most), DefaultValue(5)]
    public int? Patience { get; init; }

    /// <summary>What an epoch must beat the best one by, in the units of the score.</summary>
    [Description("what an improvement must exceed"), Range(0, double.MaxValue), DefaultValue(0.0)]
    public double? Margin { get; init; }

    /// <inheritdoc/>
    public override bool Stops(IReadOnlyList<double> scores) =>
        scores.Count > 0 && scores.Count - 1 - Best(scores, Margin ?? 0) >= (Patience ?? 5);

    /// <summary>The position of the last score that was better than the best before it by more than a margin.</summary>
    internal static int Best(IReadOnlyList<double> scores, double margin)
    {
        var best = 0;
        for (var epoch = 1; epoch < scores.Count; epoch++)
        {
            if (scores[epoch] > scores[best] + margin) best = epoch;
        }

        return best;
    }
}
