using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Training;
using MusicPipeline.Training.MachineLearning;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>Turns a request into the trials of a sweep.</summary>
public static class SweepPlanner
{
    /// <summary>Most trials that one sweep may have.</summary>
    public const int MaxTrials = 10_000;

    private static readonly ValidationRule GridValidation = ValidationRule.HoldOut(0.2);

    /// <summary>Plans a sweep on a version of a data set.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="dataset">Name of the data set.</param>
    /// <param name="datasetVersion">Version of the data set.</param>
    /// <param name="key">An idempotency key, which makes the sweep another one than without; null for none.</param>
    /// <exception cref="InputException">The request contradicts itself or a value is out of its range.</exception>
    public static SweepPlan Plan(SweepRequest request, string dataset, string datasetVersion, string? key = null)
    {
        SweepRequestRules.Check(request);
        var preset = request.Preset ?? (AsksForPoints(request) ? null : Presets.Lab);
        var own = OwnPoints.Of(request);
        var sampled = preset is null ? SampledPoints.Of(request) : [];
        var designs = preset is not null
            ? Presets.Designs(preset)!.Select(design => (design.Name, Points: Grid(design, request)))
            : [(SamplerName(request), own.Union(sampled))];
        var validation = request.Validation ?? (preset is null ? GridValidation : ValidationRule.TestSet);

        var trials = new Dictionary<string, Trial>(StringComparer.Ordinal);
        var studies = new List<Study>();
        foreach (var (study, points) in designs)
        {
            var ids = new List<string>();
            foreach (var trial in points.SelectMany(point => TrialsOf(point, request.Repeats, validation, dataset, datasetVersion)))
            {
                ids.Add(trial.Id);
                trials.TryAdd(trial.Id, trial);
            }

            studies.Add(new Study(study, ids));
        }

        var name = preset ?? SamplerName(request);
        var baselines = BaselinesOf(request);
        return new SweepPlan(
            $"{name}-{Hash(dataset, datasetVersion, studies, ConditionsOf(request), baselines, request.ComparedBy, key)}",
            preset, dataset, datasetVersion, validation, studies, [.. trials.Values])
        {
            Objective = request.ComparedBy,
            First = own.Count * (request.Repeats ?? 1) * (validation.Folds ?? 1),
            Note = SampledPoints.Shortage(request, sampled.Count),
            Baselines = baselines.Length == 0 ? null : BaselineTrial.Of(baselines, validation, dataset, datasetVersion),
        };
    }

    /// <summary>The trials of one point: with each of its seeds, on each of the folds.</summary>
    internal static IEnumerable<Trial> TrialsOf(
        HyperParameters point, int? repeats, ValidationRule validation, string dataset, string datasetVersion) =>
        from seed in Enumerable.Range(point.Seed, repeats ?? 1)
        let parameters = point with { Seed = seed }
        from rule in validation.OfTrials()
        select new Trial(TrialId.Of(datasetVersion, parameters, rule), dataset, datasetVersion, parameters, rule);

    private static bool AsksForPoints(SweepRequest request) =>
        request.LearningRates is not null || request.HiddenUnits is not null || request.Space is not null
        || request.Points is not null;

    private static string SamplerName(SweepRequest request) =>
        (request.Sampler ?? Sampler.Kinds.Default).Kind;

    private static IEnumerable<HyperParameters> Grid(StudyDesign design, SweepRequest request) =>
        from learningRate in design.LearningRates.Distinct()
        from hiddenUnits in design.HiddenUnits.Distinct()
        select new HyperParameters(
            learningRate,
            hiddenUnits,
            request.Epochs ?? design.Epochs,
            request.BatchSize ?? 128,
            request.Seed ?? 1)
        {
            RestoreBest = request.RestoredBy,
        };

    /// <summary>Each baseline once and in one order, so that a request names the same sweep however it lists them.</summary>
    private static string[] BaselinesOf(SweepRequest request) =>
        [.. Baselines.Names.Where(name => request.Baselines?.Contains(name, StringComparer.Ordinal) == true)];

    /// <summary>What decides about trials beside their points; null where every point is trained to its end.</summary>
    private static string? ConditionsOf(SweepRequest request)
    {
        var pruner = request.Pruner is { Prunes: true } ? request.Pruner : null;
        if (!request.Learns && pruner is null && request.Stop is null) return null;
        // Points that are not known beforehand are named by what they are chosen from.
        var points = request.Learns
            ? new
            {
                request.Sampler,
                request.Space,
                request.LearningRates,
                request.HiddenUnits,
                request.Epochs,
                request.BatchSize,
                request.Seed,
                request.Repeats,
                request.Validation,
                RestoreBest = request.RestoredBy,
                request.Points,
            }
            : null;
        return JsonSerializer.Serialize(new { points, pruner, request.Stop }, PipelineJson.Compact);
    }

    private static string Hash(
        string dataset,
        string version,
        IEnumerable<Study> studies,
        string? conditions,
        string[] baselines,
        Objective objective,
        string? key)
    {
        var content = new StringBuilder().Append(dataset).Append('\n').Append(version);
        foreach (var study in studies) content.Append('\n').Append(study.Name).Append('=').AppendJoin(',', study.TrialIds);
        if (conditions is not null) content.Append("\nconditions=").Append(conditions);
        if (baselines.Length > 0) content.Append("\nbaselines=").AppendJoin(',', baselines);
        if (objective != default) content.Append("\nobjective=").Append(objective);
        if (key is not null) content.Append("\nkey=").Append(key);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))[..10];
    }
}
