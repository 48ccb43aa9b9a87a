using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>What a sweep request may say about its sampler, its pruner and when it stops.</summary>
internal static class SearchRules
{
    private const int MaxParameter = 10_000;

    public static void Check(SweepRequest request)
    {
        CheckSampler(request);
        CheckPruner(request.Pruner ?? new PrunerRequest());
        if (request.Stop is { } stop) CheckStop(stop);
    }

    private static void CheckSampler(SweepRequest request)
    {
        var sampler = request.Sampler ?? new SamplerRequest();
        var name = Name(sampler.Kind);
        Own(name, "sampler", "startupTrials", sampler.StartupTrials, sampler.Kind == SamplerKind.Tpe);
        Own(name, "sampler", "candidates", sampler.Candidates, sampler.Kind == SamplerKind.Tpe);
        Require(
            request.Sampler is null || request.Space is not null || request.LearningRates is not null || request.HiddenUnits is not null,
            $"the sampler '{name}' has no space to choose from",
            "give a space, such as {\"learningRate\": {\"logUniform\": {\"from\": 0.0001, \"to\": 0.1}}}");
        if (sampler.Kind == SamplerKind.Grid)
        {
            Own(name, "sampler", "trials", sampler.Trials, false);
            Require(sampler.Seed is null, "the sampler 'grid' has no seed", "leave it out");
            foreach (var (parameter, range) in request.Space?.Ranges() ?? [])
            {
                Require(
                    range.Count() is not null,
                    $"the space's {SpaceRules.Text(parameter)} is a range, and a grid needs values",
                    "list them, or choose the sampler random, sobol or tpe");
            }

            return;
        }

        Require(sampler.Trials is not null, $"the sampler '{name}' needs a number of trials", $"give 1 to {SweepPlanner.MaxTrials}");
        Range(name, "sampler", "trials", sampler.Trials, 1, SweepPlanner.MaxTrials);
        Range(name, "sampler", "startupTrials", sampler.StartupTrials, 1, MaxParameter);
        Range(name, "sampler", "candidates", sampler.Candidates, 1, MaxParameter);
    }

    private static void CheckPruner(PrunerRequest pruner)
    {
        var (kind, name) = (pruner.Kind, Name(pruner.Kind));
        (string Parameter, double? Value, bool Owned, double Lowest, double Highest)[] parameters =
        [
            ("minEpochs", pruner.MinEpochs, kind == PrunerKind.Asha, 1, MaxParameter),
            ("factor", pruner.Factor, kind == PrunerKind.Asha, 2, 100),
            ("startupTrials", pruner.StartupTrials, kind == PrunerKind.Median, 1, MaxParameter),
            ("warmupEpochs", pruner.WarmupEpochs, kind is PrunerKind.Median or PrunerKind.Threshold, 0, MaxParameter),
            ("interval", pruner.Interval, kind == PrunerKind.Median, 1, MaxParameter),
            ("limit", pruner.Limit, kind == PrunerKind.Threshold, 0, double.MaxValue),
            ("patience", pruner.Patience, kind == PrunerKind.Patience, 1, MaxParameter),
            ("margin", pruner.Margin, kind == PrunerKind.Patience, 0, double.MaxValue),
            ("metric", pruner.Metric is { } metric ? (int)metric : null, kind != PrunerKind.None, 0, double.MaxValue),
        ];
        foreach (var (parameter, value, owned, lowest, highest) in parameters)
        {
            Own(name, "pruner", parameter, value, owned);
            Range(name, "pruner", parameter, value, lowest, highest);
        }

        Require(
            kind != PrunerKind.Threshold || pruner.Limit is not null,
            "the pruner 'threshold' needs a limit",
            "give the lowest accuracy, or with the metric loss the highest loss, that a trial may have");
    }

    private static void CheckStop(StopRequest stop)
    {
        Require(
            stop != new StopRequest(),
            "the stop conditions are empty",
            "give accuracy, trials, epochs, seconds or failures, or leave them out");
        Require(stop.Accuracy is not (<= 0 or > 1 or double.NaN), $"the stop accuracy {stop.Accuracy} is out of range", "give a share above 0 and at most 1, such as 0.99");
        Require(stop.Trials is not < 1, $"the stop trials {stop.Trials} are out of range", "give 1 or more");
        Require(stop.Epochs is not < 1, $"the stop epochs {stop.Epochs} are out of range", "give 1 or more");
        Require(stop.Seconds is not (<= 0 or double.NaN), $"the stop seconds {stop.Seconds} are out of range", "give a number above 0");
        Require(stop.Failures is not < 1, $"the stop failures {stop.Failures} are out of range", "give 1 or more");
    }

    private static void Own(string name, string what, string parameter, double? value, bool owned) =>
        Require(owned || value is null, $"the {what} '{name}' has no {parameter}", "leave it out");

    private static void Range(string name, string what, string parameter, double? value, double lowest, double highest) =>
        Require(
            value is not { } given || (given >= lowest && given <= highest),
            $"the {parameter} {value} of the {what} '{name}' is out of range",
            highest == double.MaxValue ? $"give {lowest} or more" : $"give {lowest} to {highest}");

    private static string Name<T>(T kind)
        where T : struct, Enum => kind.ToString().ToLowerInvariant();

    private static void Require(bool holds, string problem, string remedy) => SweepRequestRules.Require(holds, problem, remedy);
}
