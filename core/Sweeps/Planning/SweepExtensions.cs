using System.Text.Json;
using System.Text.Json.Nodes;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>
/// Plans sweeps that were extended: an extension is the sweep's own request with what the extension names in its place,
/// and the trials that follow from it are appended, so that those before keep their positions.
/// </summary>
internal static class SweepExtensions
{
    /// <summary>The plan of a sweep with all that it was extended by.</summary>
    /// <exception cref="InputException">An extension contradicts itself, or there are too many trials.</exception>
    public static SweepPlan Plan(SweepDocument document)
    {
        var plan = SweepPlanner.Plan(document.Request, document.Dataset, document.DatasetVersion, document.IdempotencyKey);
        var validation = plan.Validation;
        foreach (var extension in document.Extensions ?? [])
        {
            var request = Merge(document.Request, extension) with { Validation = validation };
            plan = Append(plan, SweepPlanner.Plan(request, document.Dataset, document.DatasetVersion, document.IdempotencyKey));
        }

        var most = SweepRequestRules.MostTrials(document.Request);
        if (plan.Trials.Count > most)
        {
            throw new InputException(
                $"the sweep would have {plan.Trials.Count} trials and takes at most {most}", "extend it by less");
        }

        // The id stays, also where a later release names trials, and so sweeps, otherwise.
        return plan with { SweepId = document.Id, Run = document.Run, Extensions = document.Extensions?.Count ?? 0 };
    }

    /// <summary>Whether two extensions ask for the same.</summary>
    public static bool AreEqual(SweepRequest one, SweepRequest other) =>
        JsonSerializer.Serialize(one, PipelineJson.Compact) == JsonSerializer.Serialize(other, PipelineJson.Compact);

    /// <exception cref="InputException">The extension names what a sweep keeps.</exception>
    public static void Check(SweepRequest extension)
    {
        if (extension.Dataset is not null || extension.Validation is not null)
        {
            throw new InputException(
                "an extension names a data set or a validation, and a sweep keeps its own", "leave them out, or start another sweep");
        }

        if (extension.Baselines is not null)
        {
            throw new InputException(
                "an extension names baselines, and a sweep keeps its own",
                "start another sweep with them: it uses the trials on record");
        }

        if (AreEqual(extension, new SweepRequest()))
            throw new InputException("the extension names nothing", "name more points, such as hiddenUnits, or more epochs");
    }

    private static SweepRequest Merge(SweepRequest request, SweepRequest extension)
    {
        var merged = Properties(request);
        // A preset has points of its own; an extension that names points means those alone.
        if (extension is { LearningRates: not null } or { HiddenUnits: not null } or { Space: not null }) merged.Remove("preset");
        foreach (var (name, value) in Properties(extension)) merged[name] = value?.DeepClone();
        return merged.Deserialize<SweepRequest>(PipelineJson.Compact)!;
    }

    private static JsonObject Properties(SweepRequest request) =>
        JsonSerializer.SerializeToNode(request, PipelineJson.Compact)!.AsObject();

    private static SweepPlan Append(SweepPlan plan, SweepPlan more)
    {
        var known = plan.Trials.Select(trial => trial.Id).ToHashSet(StringComparer.Ordinal);
        var shorter = plan.Trials.ToLookup(Shape);
        Trial[] trials =
        [
            .. plan.Trials,
            .. more.Trials.Where(trial => known.Add(trial.Id)).Select(trial => trial with { From = FromOf(trial, shorter[Shape(trial)]) }),
        ];
        var all = trials.ToDictionary(trial => trial.Id, StringComparer.Ordinal);
        var studies = plan.Studies.ToList();
        foreach (var study in more.Studies)
        {
            var place = studies.FindIndex(present => present.Name == study.Name);
            if (place < 0) studies.Add(study);
            else studies[place] = new Study(study.Name, Longest([.. studies[place].TrialIds, .. study.TrialIds], all));
        }

        return plan with { Studies = studies, Trials = trials };
    }

    /// <summary>Each trial once, and of those that differ in epochs alone the longest.</summary>
    private static string[] Longest(string[] ids, Dictionary<string, Trial> trials) =>
    [
        .. ids.Distinct(StringComparer.Ordinal)
            .GroupBy(id => Shape(trials[id]))
            .Select(group => group.MaxBy(id => trials[id].Parameters.Epochs)!),
    ];

    private static string? FromOf(Trial trial, IEnumerable<Trial> shorter) =>
        trial.Parameters.Schedule != LearningRateSchedule.Constant
            ? null
            : shorter.Where(other => other.Parameters.Epochs < trial.Parameters.Epochs).MaxBy(other => other.Parameters.Epochs)?.Id;

    private static HyperParameters Shape(Trial trial) => trial.Parameters with { Epochs = 1 };
}
