using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Training.MachineLearning;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What a sweep request may say. Each broken rule is one sentence with the value that broke it.</summary>
internal static class SweepRequestRules
{
    private const int MaxSearched = 1000;
    private const int MaxRepeats = 100;
    private const int MaxParallel = 10_000;
    private const int MaxPriority = 10;

    public static void Check(SweepRequest request)
    {
        if (request.Preset is { } preset)
        {
            Require(
                Presets.Designs(preset) is not null,
                $"there is no preset '{preset}'",
                $"choose one of {string.Join(", ", Presets.Names)}, or give learning rates and hidden units",
                "preset");
            Require(
                request.LearningRates is null && request.HiddenUnits is null,
                $"the preset '{preset}' has its own learning rates and hidden units",
                "give either a preset, or learning rates and hidden units",
                "preset");
            Require(
                request.Space is null && request.Sampler is null && request.Points is null,
                $"the preset '{preset}' has its own points",
                "give either a preset, or a space and a sampler",
                "preset");
        }

        foreach (var rate in request.LearningRates ?? [])
        {
            Require(
                HyperParameter.LearningRate.Takes(rate),
                $"the learning rate {rate} is out of range",
                $"give learning rates above 0 and at most {HyperParameter.LearningRate.Highest}",
                "learningRates");
        }

        foreach (var units in request.HiddenUnits ?? [])
            RequireRange(units, HyperParameter.HiddenUnits.Highest, "number of hidden units", "hiddenUnits");
        RequireRange(request.Epochs ?? 1, HyperParameter.Epochs.Highest, "number of epochs", "epochs");
        RequireRange(request.BatchSize ?? 1, HyperParameter.BatchSize.Highest, "batch size", "batchSize");
        RequireRange(request.MaxParallel ?? 1, MaxParallel, "number of trials at once", "maxParallel");
        Require(
            request.Priority is null or (>= -MaxPriority and <= MaxPriority),
            $"the priority {request.Priority} is out of range",
            $"give {-MaxPriority} to {MaxPriority}",
            "priority");
        Require(request.LearningRates is not { Count: 0 }, "the list of learning rates is empty", "give at least one", "learningRates");
        Require(request.HiddenUnits is not { Count: 0 }, "the list of hidden units is empty", "give at least one", "hiddenUnits");
        RequireRange(request.Repeats ?? 1, MaxRepeats, "number of repeats", "repeats");
        Require(
            (request.Seed ?? 1L) + (request.Repeats ?? 1) - 1 <= int.MaxValue,
            $"there are no {request.Repeats} seeds from {request.Seed} on",
            "give a lower seed",
            "seed");
        Require(
            request.Validation is not { Fold: not null },
            $"the validation {request.Validation} is one fold alone",
            $"say {request.Validation?.Folds}-fold",
            "validation");
        CheckBaselines(request);
        LabelRules.Check(request);
        SpaceRules.Check(request);
        SearchRules.Check(request);
        CheckSize(request);
    }

    /// <param name="holds">The rule.</param>
    /// <param name="problem">What is wrong where it does not hold.</param>
    /// <param name="remedy">What to do then.</param>
    /// <param name="field">The property that is wrong; see <see cref="InputException.Field"/>.</param>
    internal static void Require(bool holds, string problem, string remedy, string? field)
    {
        if (!holds) throw new InputException(problem, remedy) { Field = field };
    }

    private static void CheckBaselines(SweepRequest request)
    {
        try
        {
            foreach (var name in request.Baselines ?? []) Baselines.Check(name);
        }
        catch (InputException refusal)
        {
            throw refusal.At("baselines");
        }
    }

    private static void CheckSize(SweepRequest request)
    {
        var folds = request.Validation?.Folds ?? 1;
        var repeats = (long)(request.Repeats ?? 1) * folds;
        var most = MostTrials(request);
        var own = OwnPoints.Of(request).Count;
        if (request.Sampler is { Trials: { } points })
        {
            points += own;
            Require(
                points * repeats <= most,
                $"{points} points with their seeds and folds are {points * repeats} trials and {Kind(request)} takes at most {most}",
                "ask for fewer of any",
                "sampler.trials");
            return;
        }

        var trials = (double)(request.LearningRates?.Count ?? 1) * (request.HiddenUnits?.Count ?? 1) * repeats;
        foreach (var (_, range) in request.Space?.Ranges() ?? []) trials *= range.Count() ?? 1;
        trials += own * repeats;
        Require(
            trials <= most,
            $"the grid has {trials} trials and {Kind(request)} takes at most {most}",
            request.Space is null
                ? "give fewer learning rates or hidden units"
                : "give fewer values, or choose the sampler random, sobol or tpe",
            field: null);
    }

    /// <summary>Most trials of a sweep: where results decide what goes on, all scores are handed from step to step.</summary>
    internal static int MostTrials(SweepRequest request) => request.Searches ? MaxSearched : SweepPlanner.MaxTrials;

    /// <summary>What a sweep with a limit of its own on its trials is called.</summary>
    internal static string Kind(SweepRequest request) => request.Searches ? "a sweep that its results decide about" : "a sweep";

    private static void RequireRange(int value, double max, string what, string field) =>
        Require(value >= 1 && value <= max, $"the {what} {value} is out of range", $"give 1 to {max}", field);
}
