using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What the space of a sweep request may say.</summary>
internal static class SpaceRules
{
    public static void Check(SweepRequest request)
    {
        if (request.Space is not { } space) return;
        Require(space.Ranges().Any(), "the space is empty", "name at least one hyper-parameter, or leave the space out", "space");
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
                $"the request has {property}, and its space has {name.Name}",
                "give one of the two",
                property);
        }
    }

    private static void Check(HyperParameter name, ParameterRange range)
    {
        var what = $"the space's {name.Name}";
        var field = $"space.{name.Name}";
        if (range.Problem() is { } problem)
            Require(false, $"{what} {problem}", $"correct the {name.Name}", field);
        var whole = range.Kind is RangeKind.Integer or RangeKind.LogInteger;
        if (name.IsInteger)
        {
            Require(
                range.Kind is not (RangeKind.Uniform or RangeKind.LogUniform),
                $"{what} takes whole numbers",
                $"say {(range.Kind == RangeKind.Uniform ? "integer" : "logInteger")} instead of "
                + $"{(range.Kind == RangeKind.Uniform ? "uniform" : "logUniform")}",
                field);
        }
        else
        {
            Require(
                !whole,
                $"{what} is no whole number",
                $"say {(range.Kind == RangeKind.Integer ? "uniform" : "logUniform")} instead of "
                + $"{(range.Kind == RangeKind.Integer ? "integer" : "logInteger")}",
                field);
        }

        Require(
            range.Count() is not > SweepPlanner.MaxTrials || whole,
            $"{what} has {range.Count()} values and a sweep takes at most {SweepPlanner.MaxTrials} trials",
            "take larger steps",
            field);
        CheckValues(name, range, field);
    }

    private static void CheckValues(HyperParameter name, ParameterRange range, string field)
    {
        double[] values = range.Kind is RangeKind.List or RangeKind.Steps ? [.. range.ToList()] : [range.From, range.To];
        foreach (var value in values)
        {
            Require(name.Takes(value), $"the space's {name.Name} {value} is out of range", $"give {name.Bounds}", field);
        }
    }

    private static void Require(bool holds, string problem, string remedy, string field) =>
        SweepRequestRules.Require(holds, problem, remedy, field);
}
