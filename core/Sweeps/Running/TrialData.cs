using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MusicPipeline.Data;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// The rows of a trial: the data set's version, split as the trial's validation rule says. Splits are kept
/// with their data set, so that the trials of a sweep share one copy of the rows.
/// </summary>
public sealed class TrialData(DatasetCache datasets)
{
    // Every trial of a sweep, whatever its seed, is compared on the same rows.
    private const int SplitSeed = 0;
    private const int MostSplits = 12;

    // With its data set a split goes, too.
    private readonly ConditionalWeakTable<Dataset, ConcurrentDictionary<ValidationRule, Lazy<TrainingSplit>>> _splits = [];

    /// <summary>The data set and the split of it that the trial trains and validates on.</summary>
    /// <exception cref="Errors.InputException">There is no such version, or it has too few rows to hold any out.</exception>
    public Task<(Dataset Dataset, TrainingSplit Split)> GetAsync(
        Trial trial, CancellationToken cancellationToken = default) =>
        GetAsync(trial.Dataset, trial.DatasetVersion, trial.Validation, cancellationToken);

    /// <summary>The data set and the split of it by a rule.</summary>
    /// <exception cref="Errors.InputException">There is no such version, or it has too few rows to hold any out.</exception>
    internal async Task<(Dataset Dataset, TrainingSplit Split)> GetAsync(
        string name, string version, ValidationRule validation, CancellationToken cancellationToken)
    {
        var dataset = await datasets.GetAsync(name, version, cancellationToken);
        return (dataset, Kept(dataset, validation).Value);
    }

    private Lazy<TrainingSplit> Kept(Dataset dataset, ValidationRule rule)
    {
        var splits = _splits.GetOrAdd(dataset, _ => new ConcurrentDictionary<ValidationRule, Lazy<TrainingSplit>>());
        // Each holds a copy of the rows; the folds of one sweep are in use at once.
        if (splits.Count >= MostSplits && !splits.ContainsKey(rule)) splits.Clear();
        return splits.GetOrAdd(rule, _ => new Lazy<TrainingSplit>(() => Split(dataset, rule)));
    }

    /// <summary>Splits a data set by a rule.</summary>
    internal static TrainingSplit Split(Dataset dataset, ValidationRule rule)
    {
        var classes = dataset.Info.Classes.Length;
        return rule switch
        {
            { Folds: { } folds, Fold: { } fold } => StratifiedSplit.Fold(dataset.Train, classes, folds, fold - 1, SplitSeed),
            { Share: { } share } => StratifiedSplit.HoldOut(dataset.Train, classes, share, SplitSeed),
            _ => new TrainingSplit(dataset.Train, dataset.Test, classes),
        };
    }
}
