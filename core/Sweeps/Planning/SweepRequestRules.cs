using MusicPipeline.Errors;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What a sweep request may say. Each broken rule is one sentence with the value that broke it.</summary>
internal static class SweepRequestRules
{
    private const int MaxHiddenUnits = 16_384;
    private const int MaxEpochs = 10_000;
    private const int MaxParallel = 10_000;
    private const int MaxPriority = 10;
    private const int MaxBatchSize = 65_536;

    public static void Check(SweepRequest request)
    {
        if (request.Preset is { } preset)
        {
            Require(
                Presets.Designs(preset) is not null,
                $"there is no preset '{preset}'",
                $"choose one of {string.Join(", ", Presets.Names)}, or give learning rates and hidden units");
            Require(
                request.LearningRates is null && request.HiddenUnits is null,
                $"the preset '{preset}' has its own learning rates and hidden units",
                "give either a preset, or learning rates and hidden units");
        }

        foreach (var rate in request.LearningRates ?? [])
        {
            Require(
                double.IsFinite(rate) && rate is > 0 and <= 100,
                $"the learning rate {rate} is out of range",
                "give learning rates above 0 and at most 100");
        }

        foreach (var units in request.HiddenUnits ?? [])
            RequireRange(units, MaxHiddenUnits, "number of hidden units");
        RequireRange(request.Epochs ?? 1, MaxEpochs, "number of epochs");
        RequireRange(request.BatchSize ?? 1, MaxBatchSize, "batch size");
        RequireRange(request.MaxParallel ?? 1, MaxParallel, "number of trials at once");
        Require(
            request.Priority is null or (>= -MaxPriority and <= MaxPriority),
            $"the priority {request.Priority} is out of range",
            $"give {-MaxPriority} to {MaxPriority}");
        Require(request.LearningRates is not { Count: 0 }, "the list of learning rates is empty", "give at least one");
        Require(request.HiddenUnits is not { Count: 0 }, "the list of hidden units is empty", "give at least one");
        var trials = (long)(request.LearningRates?.Count ?? 1) * (request.HiddenUnits?.Count ?? 1);
        Require(
            trials <= SweepPlanner.MaxTrials,
            $"the grid has {trials} trials and a sweep takes at most {SweepPlanner.MaxTrials}",
            "give fewer learning rates or hidden units");
    }

    private static void RequireRange(int value, int max, string what) =>
        Require(value >= 1 && value <= max, $"the {what} {value} is out of range", $"give 1 to {max}");

    private static void Require(bool holds, string problem, string remedy)
    {
        if (!holds) throw new InputException(problem, remedy);
    }
}
