using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>Says what a request would come to, without starting anything.</summary>
public sealed class SweepPreview(IArtifactStore store, DatasetStore datasets)
{
    // Looking for more of them would take longer than the reader waits.
    private const int MostLookedFor = 256;
    private const int ParallelReads = 32;

    /// <summary>The plan of a request in numbers.</summary>
    /// <param name="request">What would be asked for.</param>
    /// <param name="parallelTrials">Trials that the host trains at once.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The request is wrong, or its data set is not there.</exception>
    public async Task<PlanView> GetAsync(SweepRequest request, int parallelTrials, CancellationToken cancellationToken = default)
    {
        SweepRequestRules.Check(request);
        var (dataset, version) = await RequestedData.FindAsync(datasets, request, cancellationToken);
        var plan = SweepPlanner.Plan(request, dataset, version);
        var trials = request.Learns
            ? request.Sampler!.Trials!.Value * (request.Repeats ?? 1) * (request.Validation?.Folds ?? 1)
            : plan.Trials.Count;
        var left = await LeftAsync(plan, cancellationToken);
        var known = await store.TryReadJsonAsync<SweepDocument>(SweepDocuments.PathOf(plan.SweepId), cancellationToken);
        var seconds = request.Learns ? null : await SecondsAsync(plan, left, parallelTrials, cancellationToken);
        return new PlanView(
            plan.SweepId,
            plan.Dataset,
            plan.DatasetVersion,
            trials,
            left is null || request.Learns ? null : trials - left.Count,
            seconds,
            known?.State,
            plan.Note,
            SweepCommandText.Of(request));
    }

    /// <summary>The trials that are not on record; null where there are too many to look for.</summary>
    private async Task<IReadOnlyList<Trial>?> LeftAsync(SweepPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Trials.Count > MostLookedFor) return null;
        var left = new List<Trial>();
        foreach (var chunk in plan.Trials.Chunk(ParallelReads))
        {
            var found = await Task.WhenAll(
                chunk.Select(trial => store.FindAsync(BlobPaths.Trial(trial.Id, SweepFiles.Trial), cancellationToken)));
            left.AddRange(chunk.Where((_, index) => found[index] is null));
        }

        return left;
    }

    /// <summary>About how long it takes, by the winner of the last sweep on the same data; null where there is none.</summary>
    private async Task<double?> SecondsAsync(
        SweepPlan plan, IReadOnlyList<Trial>? left, int parallelTrials, CancellationToken cancellationToken)
    {
        SweepDocument? last = null;
        await foreach (var document in store.ListSweepsAsync(cancellationToken))
        {
            if (document.Best is null || document.Dataset != plan.Dataset) continue;
            if (document.FinishedAt > (last?.FinishedAt ?? default)) last = document;
        }

        if (last is null) return null;
        var path = BlobPaths.Trial(last.Best!.TrialId, SweepFiles.Trial);
        if (await store.TryReadJsonAsync<TrialRecord>(path, cancellationToken) is not { Epochs: > 0 } record) return null;
        var rate = record.Seconds / SweepPlan.Cost(record.Trial);
        return Math.Round((left ?? plan.Trials).Sum(SweepPlan.Cost) * rate / parallelTrials, 1);
    }
}

/// <summary>The body of <c>POST /api/plan</c>.</summary>
/// <param name="Id">The sweep that it would be.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="DatasetVersion">Its version.</param>
/// <param name="Trials">Trials that it would have.</param>
/// <param name="OnRecord">Those of them that are on record; null where that cannot be told beforehand.</param>
/// <param name="Seconds">
/// About how long the others take, when nothing else runs and none is ended early; null where nobody can tell.
/// </param>
/// <param name="State">Where the sweep stands; null where it is not on record.</param>
/// <param name="Note">That its space has fewer points than were asked for, in one sentence.</param>
/// <param name="Command">The command that asks for the same, without the program.</param>
public sealed record PlanView(
    string Id,
    string Dataset,
    string DatasetVersion,
    int Trials,
    int? OnRecord,
    double? Seconds,
    SweepState? State,
    string? Note,
    string Command);
