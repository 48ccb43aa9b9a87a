using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Spaces;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What the space of a sweep request may say.</summary>
internal static class SpaceRules
{
    private static readonly Dictionary<HyperParameter, (double Lowest, double Highest)> Bounds = new()
    {
        [HyperParameter.LearningRate] = (double.Epsilon, SweepRequestRules.MaxLearningRate),
        [HyperParameter.HiddenUnits] = (1, SweepRequestRules.MaxHiddenUnits),
        [HyperParameter.BatchSize] = (1, SweepRequestRules.MaxBatchSize),
        [HyperParameter.Epochs] = (1, SweepRequestRules.MaxEpochs),
        [HyperParameter.Seed] = (int.MinValue, int.MaxValue),
        [HyperParameter.WeightDecay] = (0, SweepRequestRules.MaxWeightDecay),
    };

    public static void Check(SweepRequest request)
    {
        if (request.Space is not { } space) return;
        Require(space.Ranges().Any(), "the space is empty", "name at least one hyper-parameter, or leave the space out");
        foreach (var (name, range) in space.Ranges()) Check(name, range);

        (HyperParameter, string, bool)[] twice =
        [
            (HyperParameter.LearningRate, "learningRates", request.LearningRates is not null),
            (HyperParameter.HiddenUnits, "hiddenUnits", request.HiddenUnits is not null),
            (HyperParameter.Epochs, "epochs", request.Epochs is not null),
            (HyperParameter.BatchSize, "batchSize", request.BatchSize is not null),
            (HyperParameter.Seed, "seed", request.Seed is not null),
            (HyperParameter.Seed, "repeats", request.Repeats is not null),
        ];
        foreach (var (name, property, given) in twice)
        {
            Require(
                !given || space.Ranges().All(pair => pair.Name != name),
                $"the request has {property}, and its space has {name.Text()}",
                "give one of the two");
        }
    }

    private static void Check(HyperParameter name, ParameterRange range)
    {
        var what = $"the space's {name.Text()}";
        if (range.Problem() is { } problem)
            Require(false, $"{what} {problem}", $"mend the {name.Text()}");
        var whole = range.Kind is RangeKind.Integer or RangeKind.LogInteger;
        if (name.IsInteger())
        {
            Require(
                range.Kind is not (RangeKind.Uniform or RangeKind.LogUniform),
                $"{what} takes whole numbers",
                $"say {(range.Kind == RangeKind.Uniform ? "integer" : "logInteger")} instead of "
                + $"{(range.Kind == RangeKind.Uniform ? "uniform" : "logUniform")}");
        }
        else
        {
            Require(
                !whole,
                $"{what} is no whole number",
                $"say {(range.Kind == RangeKind.Integer ? "uniform" : "logUniform")} instead of "
                + $"{(range.Kind == RangeKind.Integer ? "integer" : "logInteger")}");
        }

        Require(
            range.Count() is not > SweepPlanner.MaxTrials || whole,
            $"{what} has {range.Count()} values and a sweep takes at most {SweepPlanner.MaxTrials} trials",
            "take larger steps");
        if (Bounds.TryGetValue(name, out var bounds)) CheckValues(name, range, bounds);
    }

    private static void CheckValues(HyperParameter name, ParameterRange range, (double Lowest, double Highest) bounds)
    {
        double[] values = range.Kind is RangeKind.List or RangeKind.Steps ? [.. range.ToList()] : [range.From, range.To];
        var above = name == HyperParameter.LearningRate ? "above 0" : $"from {bounds.Lowest}";
        foreach (var value in values)
        {
            Require(
                value >= bounds.Lowest && value <= bounds.Highest && (!name.IsInteger() || value == Math.Floor(value)),
                $"the space's {name.Text()} {value} is out of range",
                $"give {(name.IsInteger() ? "whole numbers" : "numbers")} {above} to {bounds.Highest}");
        }
    }

    private static void Require(bool holds, string problem, string remedy) => SweepRequestRules.Require(holds, problem, remedy);
}
