using System.Security.Cryptography;
using System.Text;
using MusicPipeline.Datasets;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Training;

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
        var designs = preset is not null
            ? Presets.Designs(preset)!.Select(design => (design.Name, Points: Grid(design, request)))
            : [(SamplerName(request), SampledPoints.Of(request))];
        var validation = request.Validation ?? (preset is null ? GridValidation : ValidationRule.TestSet);

        var trials = new Dictionary<string, Trial>(StringComparer.Ordinal);
        var studies = new List<Study>();
        foreach (var (study, points) in designs)
        {
            var ids = new List<string>();
            foreach (var parameters in points.SelectMany(point => Repeated(point, request.Repeats ?? 1)))
            {
                foreach (var rule in validation.OfTrials())
                {
                    var id = TrialId.Of(datasetVersion, parameters, rule);
                    ids.Add(id);
                    trials.TryAdd(id, new Trial(id, dataset, datasetVersion, parameters, rule));
                }
            }

            studies.Add(new Study(study, ids));
        }

        var name = preset ?? SamplerName(request);
        return new SweepPlan(
            $"{name}-{Hash(dataset, datasetVersion, studies, key)}",
            preset, dataset, datasetVersion, validation, studies, [.. trials.Values]);
    }

    private static bool AsksForPoints(SweepRequest request) =>
        request.LearningRates is not null || request.HiddenUnits is not null || request.Space is not null;

    private static string SamplerName(SweepRequest request) =>
        (request.Sampler?.Kind ?? SamplerKind.Grid).ToString().ToLowerInvariant();

    private static IEnumerable<HyperParameters> Repeated(HyperParameters point, int repeats) =>
        Enumerable.Range(point.Seed, repeats).Select(seed => point with { Seed = seed });

    private static IEnumerable<HyperParameters> Grid(StudyDesign design, SweepRequest request) =>
        from learningRate in design.LearningRates.Distinct()
        from hiddenUnits in design.HiddenUnits.Distinct()
        select new HyperParameters(
            learningRate,
            hiddenUnits,
            request.Epochs ?? design.Epochs,
            request.BatchSize ?? 128,
            request.Seed ?? 1);

    private static string Hash(string dataset, string version, IEnumerable<Study> studies, string? key)
    {
        var content = new StringBuilder().Append(dataset).Append('\n').Append(version);
        foreach (var study in studies) content.Append('\n').Append(study.Name).Append('=').AppendJoin(',', study.TrialIds);
        if (key is not null) content.Append("\nkey=").Append(key);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))[..10];
    }
}
