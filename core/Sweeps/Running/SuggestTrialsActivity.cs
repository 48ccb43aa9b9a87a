using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Appends trials to the plan of a sweep whose points depend on its results.</summary>
public sealed class SuggestTrialsActivity(IArtifactStore store, PlanCache plans)
{
    /// <summary>
    /// The trials that are in the plan now and were not when it was asked for; none where the space has no more points.
    /// Asked again it changes nothing and answers the same.
    /// </summary>
    /// <exception cref="Errors.InputException">There is no such sweep.</exception>
    public async Task<PlannedPart> RunAsync(TrialsWanted wanted, CancellationToken cancellationToken = default)
    {
        var document = await store.GetSweepAsync(wanted.SweepId, cancellationToken);
        var known = wanted.States.Length;
        var plan = await store.UpdateJsonAsync<SweepPlan>(
            BlobPaths.Sweep(wanted.SweepId, SweepFiles.Plan),
            present => present.Run != wanted.Run || present.Trials.Count > known
                ? present
                : LearnedPoints.Append(
                    present,
                    SweepExtensions.RequestOf(SweepExtensions.AsPlanned(document, present)),
                    wanted.Points,
                    Results(present, wanted)),
            cancellationToken) ?? throw SweepDocuments.NoSuchSweep(wanted.SweepId);
        plans.Keep(plan);
        return PlannedPart.Searched(plan, [.. Enumerable.Range(known, plan.Trials.Count - known)], document.Halt);
    }

    private static IEnumerable<Observation> Results(SweepPlan plan, TrialsWanted wanted)
    {
        for (var index = 0; index < plan.Trials.Count; index++)
        {
            var state = TrialStates.StateOf(wanted.States[index]);
            double? score = state.HasScore() ? wanted.Accuracies[index] : null;
            if (score is TrialsWanted.NoScore) score = null;
            yield return new Observation(plan.Trials[index].Parameters, state, score, wanted.Epochs[index]);
        }
    }
}

/// <summary>Asks for trials at the points that the results so far make look best.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Run">Number of the run that asks.</param>
/// <param name="Points">Points to choose, 1 or more.</param>
/// <param name="States">
/// A letter for each trial of the plan so far; see <see cref="TrialStates"/>. One that is not to be learned from counts as waiting.
/// </param>
/// <param name="Accuracies">
/// Last score of each of them: its validation accuracy, 0 where there is none, or that of another objective.
/// </param>
/// <param name="Epochs">Epochs that each of them got.</param>
public sealed record TrialsWanted(
    string SweepId, int Run, int Points, string States, IReadOnlyList<double> Accuracies, IReadOnlyList<int> Epochs)
{
    /// <summary>The score of a trial that has no figure of an objective other than accuracy.</summary>
    internal const double NoScore = double.MinValue;
}
