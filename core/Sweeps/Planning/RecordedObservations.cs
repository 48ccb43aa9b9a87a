using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>Finds what other sweeps on the same data and rows know of a space.</summary>
internal static class RecordedObservations
{
    // A sampler that learns looks at each of them for each point; the newest say the most.
    private const int MostTrials = 1000;
    private const int ParallelReads = 16;

    /// <summary>The points of the space that have a result, those of the newest sweep first.</summary>
    /// <param name="store">Where the sweeps are.</param>
    /// <param name="plan">The sweep that asks, whose own trials do not count.</param>
    /// <param name="request">Its request.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyList<Observation>> ReadAsync(
        IArtifactStore store, SweepPlan plan, SweepRequest request, CancellationToken cancellationToken)
    {
        var space = SampledPoints.SpaceOf(request);
        var trials = new Dictionary<string, Trial>(StringComparer.Ordinal);
        var documents = await store.ListSweepsAsync(cancellationToken).ToListAsync(cancellationToken);
        foreach (var document in documents.Where(IsOther).OrderByDescending(document => document.CreatedAt))
        {
            var other = await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(document.Id, SweepFiles.Plan), cancellationToken);
            foreach (var trial in other?.Trials ?? [])
            {
                if (trials.Count < MostTrials && Fits(trial)) trials.TryAdd(trial.Id, trial);
            }
        }

        var found = new Observation?[trials.Count];
        await Parallel.ForEachAsync(
            trials.Values.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (trial, token) => found[trial.Index] = await FindAsync(store, trial.Item, plan.Objective, token));
        return [.. LearnedPoints.Averaged(found.OfType<Observation>(), space).Select(point => point with { IsElsewhere = true })];

        bool IsOther(SweepDocument document) => document.DatasetVersion == plan.DatasetVersion && document.Id != plan.SweepId;

        bool Fits(Trial trial)
        {
            var seed = space.Fixed.Seed;
            var isRepeat = trial.Parameters.Seed >= seed && trial.Parameters.Seed - (long)seed < (request.Repeats ?? 1);
            return plan.Validation.OfTrials().Contains(trial.Validation)
                && TpeSampler.IsInside(space, isRepeat ? trial.Parameters with { Seed = seed } : trial.Parameters);
        }
    }

    private static async Task<Observation?> FindAsync(
        IArtifactStore store, Trial trial, Objective objective, CancellationToken cancellationToken)
    {
        var record = await store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(trial.Id, SweepFiles.Trial), cancellationToken);
        return record is null ? null
            : record.Outcome == TrainingOutcome.Completed
                ? new Observation(
                    trial.Parameters,
                    TrialState.Completed,
                    record.Last?.Of(objective) is { } figure ? objective.Score(figure) : null,
                    record.Epochs)
                : new Observation(trial.Parameters, TrialState.Diverged, null, record.Epochs);
    }
}
