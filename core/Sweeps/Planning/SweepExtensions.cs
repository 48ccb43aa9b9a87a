using System.Text.Json;
using System.Text.Json.Nodes;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Trials;

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
        if (document.Request.Learns) return Grown(document, null);
        var plan = SweepPlanner.Plan(document.Request, document.Dataset, document.DatasetVersion, document.IdempotencyKey);
        var validation = plan.Validation;
        var before = new List<int>();
        foreach (var extension in document.Extensions ?? [])
        {
            before.Add(plan.Trials.Count);
            var request = Merge(document.Request, extension) with { Validation = validation };
            var more = SweepPlanner.Plan(request, document.Dataset, document.DatasetVersion, document.IdempotencyKey);
            plan = Append(plan, more) with { Note = extension.Sampler is null ? plan.Note : more.Note };
        }

        ExtensionRules.CheckSize(plan.Trials.Count, document.Current);

        // The id stays, also where a later release names trials, and so sweeps, otherwise.
        return plan with
        {
            SweepId = document.Id,
            Run = document.Run,
            Extensions = before.Count,
            Before = before.Count == 0 ? null : before,
        };
    }

    /// <summary>
    /// The plan of a sweep whose points depend on its results: the trials that it has, with as many epochs as it was extended
    /// to, and how many are to come.
    /// </summary>
    /// <param name="document">The sweep.</param>
    /// <param name="present">Its plan so far; null for none.</param>
    public static SweepPlan Grown(SweepDocument document, SweepPlan? present)
    {
        var request = RequestOf(document);
        var plan = SweepPlanner.Plan(document.Request, document.Dataset, document.DatasetVersion, document.IdempotencyKey);
        if (present is not null) plan = Longer(plan with { Studies = present.Studies, Trials = present.Trials }, request);
        var points = present?.Growth?.Points ?? 0;
        var trialsAPoint = (request.Repeats ?? 1) * (plan.Validation.Folds ?? 1);
        return plan with
        {
            SweepId = document.Id,
            Run = document.Run,
            Extensions = document.Extensions?.Count ?? 0,
            Note = SampledPoints.Shortage(request, 0),
            Growth = new PlanGrowth(
                document.CreatedAt,
                points,
                plan.Trials.Count + (Math.Max(0, (request.Sampler?.Trials ?? 0) - points) * trialsAPoint),
                present?.Growth?.Known ?? []),
        };
    }

    /// <summary>What a sweep was asked for, with all that it was extended by; of a sweep whose points depend on results.</summary>
    public static SweepRequest RequestOf(SweepDocument document) => (document.Extensions ?? []).Aggregate(document.Request, Merge);

    /// <summary>A sweep as a plan of it knows it: an extension that has come since is taken up when it is through with the rest.</summary>
    public static SweepDocument AsPlanned(SweepDocument document, SweepPlan plan) =>
        document with { Extensions = [.. (document.Extensions ?? []).Take(plan.Extensions)] };

    /// <summary>A sweep with an extension more; the same sweep where that asks for nothing new.</summary>
    /// <exception cref="InputException">The extension contradicts itself or the sweep, or there would be too many trials.</exception>
    public static SweepDocument Extend(SweepDocument document, SweepRequest extension)
    {
        ExtensionRules.Check(extension);
        var extended = document with { Extensions = [.. document.Extensions ?? [], extension] };
        var (before, after) = (document.Current, extended.Current);
        var plan = Plan(extended);
        var isMore = document.Request.Learns ? IsMoreLearning(document, extended) : IsMore(document, extension, plan);
        if (!isMore && AreEqual(before, after)) return document;
        if (isMore && before.Stop == after.Stop) ExtensionRules.CheckStop(document);
        return extended with { Note = plan.Note };
    }

    /// <summary>Whether two extensions ask for the same.</summary>
    public static bool AreEqual(SweepRequest one, SweepRequest other) =>
        JsonSerializer.Serialize(one, PipelineJson.Compact) == JsonSerializer.Serialize(other, PipelineJson.Compact);

    /// <summary>The properties that a request names, as JSON has them.</summary>
    public static JsonObject Properties(SweepRequest request) =>
        JsonSerializer.SerializeToNode(request, PipelineJson.Compact)!.AsObject();

    /// <summary>Whether an extension adds trials.</summary>
    private static bool IsMore(SweepDocument document, SweepRequest extension, SweepPlan extended)
    {
        ExtensionRules.CheckSampler(extension);
        return extended.Trials.Count > Plan(document).Trials.Count;
    }

    private static bool IsMoreLearning(SweepDocument document, SweepDocument extended)
    {
        var (before, after) = (RequestOf(document), RequestOf(extended));
        if (AreEqual(before, after)) return false;
        ExtensionRules.CheckLearning(extended.Extensions![^1], before, after);
        // What has been trained by now is trained again for more epochs, as another trial.
        var most = after.Sampler!.Trials!.Value
            * (after.Repeats ?? 1L)
            * (after.Validation?.Folds ?? 1)
            * (1 + extended.Extensions.Count(more => more.Epochs is not null));
        ExtensionRules.CheckSize(most, after);
        return (before.Sampler, before.Epochs) != (after.Sampler, after.Epochs);
    }

    /// <summary>Points with the epochs of the request beside those with fewer.</summary>
    private static SweepPlan Longer(SweepPlan plan, SweepRequest request)
    {
        if (request.Space?[HyperParameter.Epochs] is not null) return plan;
        Trial[] longer =
        [
            .. plan.Trials.Select(trial => trial.Parameters with { Epochs = request.Epochs ?? HyperParameter.Defaults.Epochs })
                .Zip(plan.Trials, (parameters, trial) => new Trial(
                    TrialId.Of(plan.DatasetVersion, parameters, trial.Validation),
                    plan.Dataset,
                    plan.DatasetVersion,
                    parameters,
                    trial.Validation))
                .DistinctBy(trial => trial.Id),
        ];
        return Append(
            plan, plan with { Trials = longer, Studies = [new Study(plan.Studies[0].Name, [.. longer.Select(trial => trial.Id)])] });
    }

    private static SweepRequest Merge(SweepRequest request, SweepRequest extension)
    {
        var merged = Properties(request);
        // A preset has points of its own; an extension that names points means those alone.
        if (extension is { LearningRates: not null } or { HiddenUnits: not null } or { Space: not null } or { Points: not null })
            merged.Remove("preset");
        foreach (var (name, value) in Properties(extension)) merged[name] = value?.DeepClone();
        return merged.Deserialize<SweepRequest>(PipelineJson.Compact)!;
    }

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

    // Folds of one point differ in their rows alone, and none goes on from another.
    private static (HyperParameters, ValidationRule) Shape(Trial trial) => (trial.Parameters with { Epochs = 1 }, trial.Validation);
}
