using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>Appends to a plan the points that a sampler chooses by the results so far.</summary>
internal static class LearnedPoints
{
    /// <summary>
    /// The plan with the trials of more points; without any where the space or the number of points is used up. The same
    /// arguments give the same plan.
    /// </summary>
    /// <param name="plan">A plan that grows.</param>
    /// <param name="request">What the sweep was asked for, its extensions included.</param>
    /// <param name="count">Points to choose.</param>
    /// <param name="results">What is known of the plan's own trials.</param>
    public static SweepPlan Append(SweepPlan plan, SweepRequest request, int count, IEnumerable<Observation> results)
    {
        var growth = plan.Growth!;
        var (space, sampler) = (SampledPoints.SpaceOf(request), request.Sampler!);
        List<Observation> observations = [.. growth.Known, .. Averaged(results, space)];
        var points = growth.Points;
        var trials = new List<Trial>();
        for (var i = 0; i < count && points < sampler.Trials; i++)
        {
            if (sampler.Next(space, observations, points) is not { } point) break;
            points++;
            observations.Add(new Observation(point, TrialState.Waiting));
            trials.AddRange(SweepPlanner.TrialsOf(point, request.Repeats, plan.Validation, plan.Dataset, plan.DatasetVersion));
        }

        return plan with
        {
            Trials = [.. plan.Trials, .. trials],
            Studies = [.. plan.Studies.Select(study => study with { TrialIds = [.. study.TrialIds, .. trials.Select(trial => trial.Id)] })],
            Growth = growth with { Points = points },
        };
    }

    /// <summary>One observation a point of trials that differ in their seed or fold alone.</summary>
    public static IReadOnlyList<Observation> Averaged(IEnumerable<Observation> trials, SearchSpace space) =>
        RepeatedObservations.Average(
            trials, space.Dimensions.Any(dimension => dimension.Name == HyperParameter.Seed) ? null : space.Fixed.Seed);
}
