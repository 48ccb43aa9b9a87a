using MusicPipeline.Datasets;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>
/// The rows of a trial: the data set's version, split as the trial's validation rule says. The split that was used last
/// is kept, so that the trials of a sweep share one copy of the rows.
/// </summary>
public sealed class TrialData(DatasetCache datasets)
{
    // Every trial of a sweep, whatever its seed, is compared on the same rows.
    private const int SplitSeed = 0;

    private readonly Lock _gate = new();
    private Dataset? _dataset;
    private ValidationRule? _rule;
    private Lazy<TrainingSplit>? _split;

    /// <summary>The data set and the split of it that the trial trains and validates on.</summary>
    /// <exception cref="Errors.InputException">There is no such version, or it has too few rows to hold any out.</exception>
    public async Task<(Dataset Dataset, TrainingSplit Split)> GetAsync(
        Trial trial, CancellationToken cancellationToken = default)
    {
        var dataset = await datasets.GetAsync(trial.Dataset, trial.DatasetVersion, cancellationToken);
        return (dataset, Kept(dataset, trial.Validation).Value);
    }

    private Lazy<TrainingSplit> Kept(Dataset dataset, ValidationRule rule)
    {
        lock (_gate)
        {
            if (_split is null || !ReferenceEquals(_dataset, dataset) || _rule != rule)
                (_dataset, _rule, _split) = (dataset, rule, new Lazy<TrainingSplit>(() => Split(dataset, rule)));
            return _split;
        }
    }

    private static TrainingSplit Split(Dataset dataset, ValidationRule rule)
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
