using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Compares trials with each other, and sweeps by their best ones.</summary>
public sealed class SweepComparison(IArtifactStore store, DatasetStore datasets)
{
    /// <summary>Most that are compared at once.</summary>
    public const int Most = 10;

    /// <summary>Puts trials side by side.</summary>
    /// <param name="ids">Ids of two to ten trials on record, or of sweeps, which stand for their best trials.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">They are too few or too many, or one of them is not on record.</exception>
    public async Task<ComparisonView> GetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        if (ids.Count is < 2 or > Most)
            throw new InputException($"{ids.Count} are to be compared", $"name two to {Most} trials or sweeps, with commas between them");
        var trials = await Task.WhenAll(ids.Select(id => FindAsync(id, cancellationToken)));
        return new ComparisonView(
            [
                .. trials.Select(trial => new ComparedView(
                    trial.Name,
                    trial.Record.Trial.Id,
                    trial.Record.Trial.Dataset,
                    trial.Record.Trial.DatasetVersion,
                    trial.Record.Trial.Validation,
                    trial.Record.Trial.Parameters,
                    TrialStates.Of(trial.Record.Outcome),
                    trial.Record.Epochs,
                    trial.Record.Last,
                    trial.Interval,
                    trial.Record.ParameterCount,
                    trial.Record.Seconds,
                    trial.Record.Device)),
            ],
            [.. ComparisonFindings.Sentences(trials)]);
    }

    private async Task<ComparedTrial> FindAsync(string id, CancellationToken cancellationToken)
    {
        var sweep = TrialId.CanBeId(id)
            ? await store.TryReadJsonAsync<SweepDocument>(SweepDocuments.PathOf(id), cancellationToken)
            : null;
        var record = TrialId.CanBeId(id) ? await FindRecordAsync(sweep?.Best?.TrialId ?? id, cancellationToken) : null;
        if (record is null)
        {
            throw new InputException(
                sweep is null ? $"there is no trial and no sweep '{id}' on record" : $"the sweep '{id}' has no best trial yet",
                "name trials that have ended, or sweeps that have completed",
                kind: sweep is null ? InputErrorKind.NotFound : InputErrorKind.Conflict);
        }

        var info = await datasets.FindInfoAsync(record.Trial.Dataset, record.Trial.DatasetVersion, cancellationToken);
        var name = sweep is null ? $"trial {id[..Math.Min(10, id.Length)]}" : id;
        return new ComparedTrial(name, record, RowsOf(info, record.Trial.Validation));
    }

    private async Task<TrialRecord?> FindRecordAsync(string id, CancellationToken cancellationToken) =>
        await store.TryReadJsonAsync<TrialRecord>(BlobPaths.Trial(id, SweepFiles.Trial), cancellationToken)
        ?? (await store.TryReadJsonAsync<PausedTrial>(BlobPaths.Trial(id, SweepFiles.Paused), cancellationToken))?.Record;

    // To a row of each class: shares are held out of every class by itself.
    private static int RowsOf(DatasetInfo? info, ValidationRule rule) => info is null ? 0
        : rule.Share is { } share ? (int)Math.Round(info.TrainOriginals * share)
        : info.Test.Rows;
}

/// <summary>The body of <c>GET /api/compare</c>.</summary>
/// <param name="Trials">What is compared, in the order of asking.</param>
/// <param name="Findings">Whether they differ by more than chance, each in a sentence.</param>
public sealed record ComparisonView(IReadOnlyList<ComparedView> Trials, IReadOnlyList<string> Findings);

/// <summary>One of those that are compared.</summary>
/// <param name="Name">What the findings call it.</param>
/// <param name="TrialId">The trial; of a sweep its best one.</param>
/// <param name="Dataset">Name of its data set.</param>
/// <param name="DatasetVersion">Version of that.</param>
/// <param name="Validation">Rows that it was validated on.</param>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="State">How it ended.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Metrics">Figures of the last one.</param>
/// <param name="Interval">Ends of the 95% interval of its validation accuracy, 0 to 1.</param>
/// <param name="ParameterCount">Trained parameters of the network.</param>
/// <param name="Seconds">Time in training.</param>
/// <param name="Device">Where it was trained.</param>
public sealed record ComparedView(
    string Name,
    string TrialId,
    string Dataset,
    string DatasetVersion,
    ValidationRule Validation,
    HyperParameters Parameters,
    TrialState State,
    int Epoch,
    EpochMetrics? Metrics,
    IReadOnlyList<double>? Interval,
    long ParameterCount,
    double Seconds,
    string Device);
