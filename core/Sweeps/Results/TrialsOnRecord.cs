using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>
/// A run that was halted, or ended by a stop condition, before it came to trials which an earlier run had finished still
/// counts them: they need no training and are in its report.
/// </summary>
/// <param name="store">Where the record is.</param>
/// <param name="known">What this worker knows of it.</param>
/// <param name="searches">Whether trials may have been ended early.</param>
internal sealed class TrialsOnRecord(IArtifactStore store, FinishedTrials known, bool searches)
{
    private const int ParallelReads = 16;

    /// <summary>The tally with every trial on record that the run did not come to.</summary>
    public async Task<SweepTally> AddAsync(SweepPlan plan, SweepTally tally, CancellationToken cancellationToken)
    {
        var letters = tally.Trials.ToCharArray();
        var found = new TrialRecord?[letters.Length];
        await Parallel.ForEachAsync(
            TrialStates.Where(tally.Trials, state => state is TrialState.Waiting or TrialState.Cancelled)
                .Where(index => index < plan.Trials.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken },
            async (index, token) => found[index] = await FindAsync(plan.Trials[index].Id, token));
        var (best, rank, accuracy) = (tally.BestIndex, tally.BestRank, tally.BestValidationAccuracy);
        for (var index = 0; index < found.Length; index++)
        {
            if (found[index] is not { } record) continue;
            letters[index] = TrialStates.LetterOf(TrialStates.Of(record.Outcome), isReused: true);
            if (PointRank.IsComplete(record, tally.Objective)
                && TrialRank.Of(record, tally.Objective) is var own
                && own.IsBetter(index, rank, best))
            {
                (best, rank, accuracy) = (index, own, record.Last!.ValidationAccuracy);
            }

        }

        var reasons = tally.Failures().Zip(tally.ReasonLetters).Where(one => found[one.First.Index] is null).Select(one => one.Second);
        return tally with
        {
            Trials = new string(letters),
            BestIndex = best,
            BestValidationAccuracy = best < 0 ? 0 : accuracy,
            BestScore = best < 0 || tally.Objective == Objective.Accuracy ? null : rank.Score,
            BestValidationLoss = rank.Loss,
            BestParameters = rank.Parameters,
            ReasonLetters = string.Concat(reasons),
        };
    }

    private async Task<TrialRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        known.FindRecord(id)
        ?? await store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(id, SweepFiles.Trial), cancellationToken)
        ?? (searches
            ? (await store.TryReadJsonAsync<PausedTrial>(BlobPaths.Trial(id, SweepFiles.Paused), cancellationToken))?.Record
            : null);
}
