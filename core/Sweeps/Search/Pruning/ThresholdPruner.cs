using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MusicPipeline.Errors;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>Ends a trial whose accuracy is below a limit, or whose loss is above one, after any epoch beyond its warm-up.</summary>
public sealed record ThresholdPruner() : ComparingPruner("threshold", "beyond a limit")
{
    /// <summary>Epochs at the start that are not looked at.</summary>
    [Description("epochs at the start in which nothing is pruned"), Range(0, Most), DefaultValue(0)]
    public int? WarmupEpochs { get; init; }

    /// <summary>The lowest accuracy, or the highest loss; one that equals it is good enough. Required.</summary>
    [Description("the lowest accuracy, or the highest loss, that a trial may have"), Range(0, double.MaxValue)]
    public double? Limit { get; init; }

    /// <inheritdoc/>
    public override bool Stops(IReadOnlyList<double> scores) =>
        scores.Count > (WarmupEpochs ?? 0) && scores[^1] < (ComparedBy == Objective.Loss ? -Limit : Limit);

    internal override void Check(string field)
    {
        base.Check(field);
        if (Limit is not null) return;
        throw new InputException(
            "the pruner 'threshold' needs a limit",
            "give the lowest accuracy, or with the metric loss the highest loss, that a trial may have")
        {
            Field = $"{field}.limit",
        };
    }
}
