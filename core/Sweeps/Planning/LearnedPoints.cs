using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

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
    /// <param name="wanted">How many points, and the results to learn from.</param>
    public static SweepPlan Append(SweepPlan plan, SweepRequest request, TrialsWanted wanted)
    {
        var growth = plan.Growth!;
        var (space, sampler) = (SampledPoints.SpaceOf(request), request.Sampler!.Create());
        List<Observation> observations = [.. growth.Known, .. Averaged(Own(plan, wanted), space)];
        var points = growth.Points;
        var trials = new List<Trial>();
        for (var i = 0; i < wanted.Points && points < request.Sampler.Trials; i++)
        {
            if (sampler.Next(space, observations, points) is not { } point) break;
            points++;
            observations.Add(new Observation(point, ObservationState.Pending));
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

    private static IEnumerable<Observation> Own(SweepPlan plan, TrialsWanted wanted)
    {
        for (var index = 0; index < plan.Trials.Count; index++)
        {
            var state = TrialLetters.StateOf(wanted.States[index]) switch
            {
                TrialState.Completed => ObservationState.Completed,
                TrialState.Pruned => ObservationState.Pruned,
                TrialState.Diverged => ObservationState.Diverged,
                // One that failed tells nothing, but is not to be proposed again either.
                _ => ObservationState.Pending,
            };
            double? score = state is ObservationState.Completed or ObservationState.Pruned ? wanted.Accuracies[index] : null;
            yield return new Observation(plan.Trials[index].Parameters, state, score, wanted.Epochs[index]);
        }
    }
}
