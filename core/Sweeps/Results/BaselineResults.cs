using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Gathers the baselines of a sweep.</summary>
internal static class BaselineResults
{
    /// <summary>The plan's baselines in its order, each with its scores or with why there are none.</summary>
    public static async Task<IReadOnlyList<BaselineResult>> ReadAsync(
        IArtifactStore store, SweepPlan plan, SweepEnding ending, CancellationToken cancellationToken)
    {
        var baselines = plan.Baselines ?? [];
        var records = await Task.WhenAll(baselines.Select(trial =>
            store.TryReadJsonAsync<BaselineRecord>(BlobPaths.Baseline(trial.Id, SweepFiles.Baseline), cancellationToken)));
        var faults = (ending.BaselineFaults ?? []).ToDictionary(fault => fault.Index, fault => fault.Reason);
        return
        [
            .. baselines.Select((trial, index) => new BaselineResult(
                trial, records[index], records[index] is null ? faults.GetValueOrDefault(index) ?? ReasonOf(ending.Halt) : null)),
        ];
    }

    /// <summary>The same for the sweep's document; null where none was asked for.</summary>
    public static IReadOnlyList<BaselineView>? Views(IReadOnlyList<BaselineResult> baselines) => baselines.Count == 0 ? null :
    [
        .. baselines.Select(baseline => new BaselineView(
            baseline.Trial.Id,
            baseline.Trial.Name,
            baseline.Trial.Validation.Fold,
            baseline.Record?.Loss,
            baseline.Record?.Accuracy,
            baseline.Record?.ValidationLoss,
            baseline.Record?.ValidationAccuracy,
            baseline.Reason)),
    ];

    private static string ReasonOf(HaltKind halt) => halt switch
    {
        HaltKind.Stop => "the sweep was stopped before it ran",
        HaltKind.Cancel => "the sweep was cancelled before it had ended",
        _ => "it failed; the reason is in the worker's log",
    };
}
