using System.Runtime.CompilerServices;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>One follower of a sweep: looks once a second and tells what is new since its cursor.</summary>
internal sealed class SweepFollower(
    IArtifactStore store, ISweepHost host, SweepCatalog catalog, TimeProvider time, string sweepId, string? lastEventId)
{
    private const int ParallelReads = 32;

    // Of more running trials than this the first ones are shown: nobody looks at more curves at once.
    private const int MostCurves = 64;
    private const int MostPointsAtEnd = 256;
    private const string EndMark = ".end";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly LostSweeps _lost = new(store, host, time);
    private readonly Dictionary<string, string[]> _studies = new(StringComparer.Ordinal);
    private SweepPlan? _plan;
    private int[] _order = [];
    private SweepCursor? _cursor;
    private long _run;
    private StatusEvent? _told;
    private TrialTally? _tally;

    public async IAsyncEnumerable<SweepEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spoken = time.GetTimestamp();
        while (await store.TryReadJsonAsync<SweepDocument>(SweepDocuments.PathOf(sweepId), cancellationToken) is { } read)
        {
            var status = read.State.IsEnded() ? null : await host.FindStatusAsync(sweepId, cancellationToken);
            var document = status is null ? await _lost.SettleAsync(read, cancellationToken) : read;
            var isOver = document.State.IsEnded();
            await UsePlanAsync(document, status, cancellationToken);
            await foreach (var happened in LookAsync(document, status, isOver, cancellationToken))
            {
                spoken = time.GetTimestamp();
                yield return happened;
            }

            if (isOver) yield break;
            if (time.GetElapsedTime(spoken) >= Silence)
            {
                spoken = time.GetTimestamp();
                yield return new SweepEvent(SweepEvent.SignOfLife, null, null);
            }

            await Task.Delay(Period, time, cancellationToken);
        }
    }

    private async IAsyncEnumerable<SweepEvent> LookAsync(
        SweepDocument document, SweepStatus? status, bool isOver, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var whole = await StatusOfAsync(document, status, cancellationToken);
        if (!isOver && whole != _told) yield return new SweepEvent(SweepEvent.Status, _told = whole, Id);
        if (_plan is { } plan && _cursor is { } cursor)
        {
            var states = StatesOf(plan, document, status, isOver);
            // A pruned trial may be promoted, and runs again.
            foreach (var place in cursor.Ended.Where(place => states(_order[place]) == TrialState.Running).ToArray()) cursor.Reopen(place);
            var open = Enumerable.Range(0, plan.Trials.Count).Where(place => !cursor.HasEnded(place));
            // Of a sweep that was lost only the record tells, and nothing runs any more.
            var ended = open.Where(place => states(_order[place]) is { } state ? state.IsEnded() : isOver).ToArray();
            await foreach (var happened in EndedAsync(ended, document, states, cancellationToken)) yield return happened;

            // Without a status nobody says which trials run; those that start first are looked at.
            var running = open.Where(place => !isOver && states(_order[place]) is null or TrialState.Running).Take(MostCurves).ToArray();
            await foreach (var happened in RunningAsync(running, states, cancellationToken)) yield return happened;
        }

        if (!isOver) yield break;
        // Where the document counts no trials they have just been counted.
        if (document.Counts is null) whole = await StatusOfAsync(document, status, cancellationToken);
        yield return new SweepEvent(SweepEvent.End, whole, EndId(document));
    }

    /// <summary>Id of the event that ends a run of a sweep. It says so whatever trials there were, and is never long.</summary>
    public static string EndId(SweepDocument document) => $"{RunOf(document):x}.{document.Run}{EndMark}";

    /// <summary>Whether an id can be one of <see cref="EndId"/>.</summary>
    public static bool IsEndId(string? id) => id?.EndsWith(EndMark, StringComparison.Ordinal) == true;

    private static long RunOf(SweepDocument document) => (document.StartedAt ?? document.CreatedAt).ToUnixTimeMilliseconds();

    private string? Id => _cursor?.ToText();

    private async IAsyncEnumerable<SweepEvent> EndedAsync(
        int[] places, SweepDocument document, Func<int, TrialState?> states, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reasons = (document.Failures ?? []).ToDictionary(failure => failure.TrialId, failure => failure.Reason);
        // The sweep may have been extended since its document was read.
        var known = await catalog.FindEndedAsync(document, cancellationToken) is { } file && file.Run.Trials.Length == _plan!.Trials.Count
            ? file
            : null;
        foreach (var chunk in places.Chunk(ParallelReads))
        {
            var views = known is not null
                ? [.. chunk.Select(place => known.At(_order[place]))]
                : await Task.WhenAll(chunk.Select(place => ViewAsync(
                place, states(_order[place]), reasons.GetValueOrDefault(_plan!.Trials[_order[place]].Id), cancellationToken)));
            foreach (var (place, view) in chunk.Zip(views))
            {
                // A worker is between a trial's last figures and its record, or its host is ahead of storage.
                if (!view.State.IsEnded()) continue;
                await foreach (var happened in EndAsync(place, view, cancellationToken)) yield return happened;
            }
        }
    }

    private async IAsyncEnumerable<SweepEvent> RunningAsync(
        int[] places, Func<int, TrialState?> states, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var chunk in places.Chunk(ParallelReads))
        {
            var found = await Task.WhenAll(chunk.Select(async place =>
            {
                var trial = _plan!.Trials[_order[place]];
                var progress = await store.TryReadJsonAsync<TrialProgress>(
                    BlobPaths.Trial(trial.Id, SweepFiles.Progress), cancellationToken);
                var view = progress is null && states(_order[place]) is null ? await ViewAsync(place, null, null, cancellationToken) : null;
                return (Place: place, Trial: trial, Progress: progress, View: view);
            }));
            foreach (var (place, trial, progress, view) in found)
            {
                foreach (var point in progress?.Curve?.After(_cursor!.EpochOf(place), trial.Id, progress.Epochs) ?? [])
                    yield return Grown(place, point);
                if (view is null || !view.State.IsEnded()) continue;
                await foreach (var happened in EndAsync(place, view, cancellationToken)) yield return happened;
            }
        }
    }

    /// <summary>The end of a trial. Curves that were begun are told to their end first.</summary>
    private async IAsyncEnumerable<SweepEvent> EndAsync(
        int place, TrialView view, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_cursor!.EpochOf(place) is > 0 and var told && told < view.Epoch
            && await HistoryAsync(view, cancellationToken) is { } history)
        {
            for (var epoch = Math.Max(told, history.Epochs - MostPointsAtEnd); epoch < history.Epochs; epoch++)
            {
                yield return Grown(place, new EpochEvent(
                    view.Id, epoch + 1, view.Parameters.Epochs, history.Loss[epoch], history.Accuracy[epoch],
                    history.ValidationLoss[epoch], history.ValidationAccuracy[epoch])
                {
                    ValidationBalancedAccuracy = history.ValidationBalancedAccuracy?[epoch],
                    ValidationMacroF1 = history.ValidationMacroF1?[epoch],
                });
            }
        }

        _cursor.End(place);
        _tally?.Add(view);
        yield return new SweepEvent(SweepEvent.Trial, view, Id);
    }

    private async Task<TrainingHistory?> HistoryAsync(TrialView view, CancellationToken cancellationToken) =>
        view.State == TrialState.Pruned
            ? (await store.TryReadJsonAsync<PausedTrial>(BlobPaths.Trial(view.Id, SweepFiles.Paused), cancellationToken))?.History
            : await store.TryReadJsonAsync<TrainingHistory>(BlobPaths.Trial(view.Id, SweepFiles.History), cancellationToken);

    private SweepEvent Grown(int place, EpochEvent point)
    {
        _cursor!.Grow(place, point.Epoch);
        return new SweepEvent(SweepEvent.Epoch, point, Id);
    }

    private Task<TrialView> ViewAsync(int place, TrialState? state, string? reason, CancellationToken cancellationToken)
    {
        var trial = _plan!.Trials[_order[place]];
        return catalog.ViewOfAsync(trial, _studies.GetValueOrDefault(trial.Id) ?? [], state, reason, cancellationToken);
    }

    /// <summary>The state of each trial by its position in the plan; null where only the record can tell.</summary>
    private static Func<int, TrialState?> StatesOf(SweepPlan plan, SweepDocument document, SweepStatus? status, bool isOver)
    {
        if (!isOver) return index => index < status?.Trials.Length ? TrialStates.StateOf(status.Trials[index]) : null;
        var failures = (document.Failures ?? []).ToDictionary(failure => failure.TrialId, failure => failure.State);
        return index => failures.TryGetValue(plan.Trials[index].Id, out var state) ? state
            : document.Counts is null ? null
            : TrialState.Completed;
    }

    private async Task<StatusEvent> StatusOfAsync(SweepDocument document, SweepStatus? status, CancellationToken cancellationToken)
    {
        var best = document.Best ?? await (status is null
            ? catalog.FindBestAsync(_plan, _tally?.Ended ?? [], cancellationToken)
            : catalog.FindBestAsync(_plan, status, cancellationToken));
        var counts = document.Counts
            ?? (status is not null
                ? SweepCounts.Of(status)
                : _tally?.Counts(_cursor!.Trials, document.State.IsEnded() ? 0 : _cursor.Growing));
        return new StatusEvent(document.Id, document.State, counts, best, status?.EstimatedEnd, document.Error);
    }

    /// <summary>Reads the plan once, and again where the sweep has grown or was started again.</summary>
    private async Task UsePlanAsync(SweepDocument document, SweepStatus? status, CancellationToken cancellationToken)
    {
        var run = RunOf(document);
        var fits = _plan is not null && run == _run && HasAll(_plan, document, status);
        if (fits) return;
        var known = run == _run ? _plan : null;
        _plan = await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(sweepId, SweepFiles.Plan), cancellationToken);
        if (_plan is null) return;
        NameStudies(_plan);
        if (_plan.Growth is not null && known is { Growth: not null } && _cursor is not null)
        {
            _order = [.. Enumerable.Range(0, _plan.Trials.Count)];
            _cursor.Append(_plan.Trials.Count - known.Trials.Count);
            return;
        }

        _order = _plan.Growth is null ? [.. _plan.LongestFirst()] : [.. Enumerable.Range(0, _plan.Trials.Count)];
        _run = run;
        var told = _cursor is null ? lastEventId : null;
        _cursor = told == EndId(document)
            ? SweepCursor.OfAll(run, _plan.Trials.Count)
            : SweepCursor.Parse(told, run, _plan.Trials.Count, grows: _plan.Growth is not null);
        // Where earlier events were another follower's, nobody here has counted them.
        _tally = _cursor.IsFresh ? new TrialTally() : null;
    }

    /// <summary>Whether a plan has every trial that the sweep is known to have.</summary>
    private static bool HasAll(SweepPlan plan, SweepDocument document, SweepStatus? status) =>
        plan.Growth is not null ? plan.Trials.Count >= (status is null ? document.Counts?.Total ?? 0 : TrialStates.Begun(status.Trials))
        : status is null || status.Trials.Length <= plan.Trials.Count;

    private void NameStudies(SweepPlan plan)
    {
        _studies.Clear();
        foreach (var pair in plan.Studies.SelectMany(study => study.TrialIds.Select(id => (Id: id, study.Name))).GroupBy(pair => pair.Id))
            _studies[pair.Key] = [.. pair.Select(one => one.Name)];
    }
}
