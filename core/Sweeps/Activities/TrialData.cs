using System.Collections.Concurrent;
using MusicPipeline.Datasets;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>The rows of a trial: the data set's version, split as the trial's validation rule says.</summary>
public sealed class TrialData(DatasetCache datasets)
{
    // Every trial of a sweep, whatever its seed, is compared on the same rows.
    private const int SplitSeed = 0;

    private readonly ConditionalWeakTableOfSplits _splits = new();

    /// <summary>The data set and the split of it that the trial trains and validates on.</summary>
    public async Task<(Dataset Dataset, TrainingSplit Split)> GetAsync(
        Trial trial, CancellationToken cancellationToken = default)
    {
        var dataset = await datasets.GetAsync(trial.Dataset, trial.DatasetVersion, cancellationToken);
        var split = _splits.GetOrCreate(dataset).GetOrAdd(
            trial.Validation,
            static (rule, set) => new Lazy<TrainingSplit>(() => rule.Share is { } share
                ? StratifiedSplit.HoldOut(set.Train, set.Info.Classes.Length, share, SplitSeed)
                : new TrainingSplit(set.Train, set.Test, set.Info.Classes.Length)),
            dataset);
        return (dataset, split.Value);
    }

    /// <summary>Splits live as long as the data set that they are of.</summary>
    private sealed class ConditionalWeakTableOfSplits
    {
        private readonly System.Runtime.CompilerServices.ConditionalWeakTable<
            Dataset, ConcurrentDictionary<ValidationRule, Lazy<TrainingSplit>>> _table = [];

        public ConcurrentDictionary<ValidationRule, Lazy<TrainingSplit>> GetOrCreate(Dataset dataset) =>
            _table.GetValue(dataset, static _ => new ConcurrentDictionary<ValidationRule, Lazy<TrainingSplit>>());
    }
}
