using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>Shows sweeps, running and ended.</summary>
public sealed class SweepCatalog(
    IArtifactStore store,
    ISweepHost host,
    PlanCache? plans = null,
    FinishedTrials? finished = null,
    TimeProvider? time = null,
    CatalogCache? cache = null)
{
    private const int ParallelReads = 32;

    private readonly PlanCache _plans = plans ?? new PlanCache(store);

    private readonly FinishedTrials _finished = finished ?? new FinishedTrials();

    private readonly CatalogCache _cache = cache ?? new CatalogCache(store);

    private readonly LostSweeps _lost = new(store, host, time ?? TimeProvider.System);

    /// <summary>The sweeps on record, the newest first.</summary>
    /// <param name="filter">Which of them; null for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<SweepSummary>> ListAsync(SweepFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var documents = new List<SweepDocument>();
        await foreach (var document in store.ListSweepsAsync(cancellationToken))
            documents.Add(await _lost.SettleAsync(document, cancellationToken));
        return
        [
            .. documents.Where((filter ?? SweepFilter.None).Shows)
                .OrderByDescending(document => document.CreatedAt)
                .Select(document => new SweepSummary(
                    document.Id, document.State, document.Dataset, document.CreatedAt, document.FinishedAt, document.Best)
                {
                    Name = document.Request.Name,
                    Tags = document.Request.Tags,
                }),
        ];
    }

    /// <summary>One sweep with the progress of its trials.</summary>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="page">The trials to show; null for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">There is no such sweep.</exception>
    public async Task<SweepView> GetAsync(
        string sweepId, TrialPage? page = null, CancellationToken cancellationToken = default)
    {
        var document = await store.GetSweepAsync(sweepId, cancellationToken);
        page ??= TrialPage.All;
        if (document.Counts is not null && await FindEndedAsync(document, cancellationToken) is { } ended)
            return ViewOf(document, document.Counts, document.Best, ended.Page(page));
        var status = document.State.IsActive() ? await host.FindStatusAsync(sweepId, cancellationToken) : null;
        if (status is null) document = await _lost.SettleAsync(document, cancellationToken);
        // After the status, which may tell of trials that have just been chosen.
        var plan = await _plans.FindAsync(new RunKey(sweepId, document.Run), int.MaxValue, cancellationToken);
        // A sweep that was being planned has one by now; without it every trial would have to be looked for.
        if (document.State.IsActive() && plan is not null) status ??= await host.FindStatusAsync(sweepId, cancellationToken);
        // A plan of before an extension is shorter than the status of after it, and the other way around.
        if (status is not null && status.Trials.Length != plan?.Total) status = null;
        // Where nobody counts, the record does.
        var counted = document.Counts is not null || status is not null;
        var trials = plan is null ? []
            : await TrialsAsync(plan, document, status, counted ? page : TrialPage.All, cancellationToken);
        return ViewOf(
            document,
            document.Counts ?? (status is not null
                ? SweepCounts.Of(status)
                : plan is null ? null : SweepCounts.Of([.. trials.Select(trial => trial.State)])),
            document.Best ?? await (status is null
                ? FindBestAsync(plan, trials, cancellationToken)
                : FindBestAsync(plan, status, cancellationToken)),
            counted ? trials : [.. trials.Where(trial => page.State is null || trial.State == page.State).Skip(page.Skip).Take(page.Take)],
            status?.EstimatedEnd);
    }

    /// <summary>The report of a sweep, as HTML unless Markdown is asked for.</summary>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="format"><c>html</c> or <c>md</c>; null leaves it to <paramref name="accept"/>.</param>
    /// <param name="accept">The Accept header of the request.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">There is no such sweep or format, or the report is not written yet.</exception>
    public async Task<ReportFile> ReadReportAsync(
        string sweepId, string? format, string? accept, CancellationToken cancellationToken = default)
    {
        var markdown = format switch
        {
            "md" or "markdown" => true,
            "html" => false,
            null => accept?.Contains("text/markdown", StringComparison.OrdinalIgnoreCase) == true,
            _ => throw new InputException($"there is no report as '{format}'", "ask for format=html or format=md"),
        };
        var file = markdown ? SweepFiles.ReportMarkdown : SweepFiles.ReportHtml;
        var document = await _lost.SettleAsync(await store.GetSweepAsync(sweepId, cancellationToken), cancellationToken);
        if (await store.TryReadAsync(BlobPaths.Sweep(sweepId, file), cancellationToken) is { } report)
            return new ReportFile(report.Bytes, ContentTypes.Of(file));
        throw document.State == SweepState.Failed
            ? new InputException(
                $"the sweep '{sweepId}' failed and has no report ({document.Error?.TrimEnd('.')})",
                "fix what it names and start it again",
                kind: InputErrorKind.Conflict)
            : new InputException(
                $"the sweep '{sweepId}' is {document.State.ToString().ToLowerInvariant()} and has no report yet",
                "ask again when it has completed",
                kind: InputErrorKind.Conflict);
    }

    private static SweepView ViewOf(
        SweepDocument document,
        SweepCounts? counts,
        BestTrial? best,
        IReadOnlyList<TrialView> trials,
        DateTimeOffset? estimatedEnd = null) => new(
        document.Id,
        document.State,
        document.Request,
        document.Dataset,
        document.DatasetVersion,
        document.CreatedAt,
        document.StartedAt,
        document.FinishedAt,
        estimatedEnd,
        document.Error,
        counts,
        best,
        trials)
        {
            Note = document.Note,
            StopCause = document.StopCause,
            Halt = document.State.IsActive() && document.Halt != HaltKind.None ? document.Halt : null,
            Baselines = document.Baselines,
        };

    /// <summary>The best trial so far of a sweep that its host tells the status of; null for none.</summary>
    internal async Task<BestTrial?> FindBestAsync(SweepPlan? plan, SweepStatus status, CancellationToken cancellationToken)
    {
        if (plan is null || status.BestIndex < 0) return null;
        var means = _cache.Means.GetValue(plan, one => new MeansOfPlan(BestSoFar.ComparesMeans(one)));
        if (means.AreCompared) return await means.FindAsync(plan, status, FindRecordAsync, cancellationToken);
        // The status may know trials that were chosen after the plan was read.
        return plan.Trials.ElementAtOrDefault(status.BestIndex) is { } trial
            ? BestTrial.Of(trial, status.BestValidationAccuracy, plan.Objective, status.BestScore)
            : null;
    }

    /// <summary>The best of the trials on record, for a sweep that this host knows no status of.</summary>
    internal async Task<BestTrial?> FindBestAsync(SweepPlan? plan, IEnumerable<TrialView> trials, CancellationToken cancellationToken)
    {
        if (plan is null) return null;
        var ended = trials.Where(trial => trial.State.HasResult()).Select(trial => trial.Id).ToHashSet(StringComparer.Ordinal);
        var places = Enumerable.Range(0, plan.Trials.Count).Where(index => ended.Contains(plan.Trials[index].Id));
        return await BestSoFar.OfAsync(plan, places, FindRecordAsync, cancellationToken);
    }

    private async Task<IReadOnlyList<TrialView>> TrialsAsync(
        SweepPlan plan, SweepDocument document, SweepStatus? status, TrialPage page, CancellationToken cancellationToken)
    {
        var failures = (document.Failures ?? []).ToDictionary(failure => failure.TrialId);
        var places = Enumerable.Range(0, plan.Trials.Count)
            .Where(index => page.State is not { } wanted || StateOf(index) is not { } state || state == wanted);
        // Without a filter each trial is one to show, so that those before need not be read.
        var skip = page.Skip;
        if (page.State is null) (places, skip) = (places.Skip(skip), 0);
        var studies = StudiesOf(plan);
        var shown = new List<TrialView>();
        foreach (var chunk in places.Chunk(ParallelReads))
        {
            if (shown.Count >= page.Take) break;
            var views = await Task.WhenAll(chunk.Select(index => ViewOfAsync(
                plan.Trials[index],
                [.. studies[plan.Trials[index].Id]],
                StateOf(index),
                failures.GetValueOrDefault(plan.Trials[index].Id)?.Reason,
                cancellationToken)));
            foreach (var view in views.Where(view => page.State is null || view.State == page.State))
            {
                if (skip-- > 0) continue;
                if (shown.Count < page.Take) shown.Add(view);
            }
        }

        return shown;

        TrialState? StateOf(int index) => failures.TryGetValue(plan.Trials[index].Id, out var failure) ? failure.State
            : status is not null ? TrialStates.StateOf(status.Trials[index])
            : null;
    }

    private ILookup<string, string> StudiesOf(SweepPlan plan) => _cache.Studies.GetValue(plan, one => one.StudiesOfTrials());

    /// <summary>How the trials of an ended sweep ended; null where that is not on record in one file.</summary>
    internal Task<EndedTrials?> FindEndedAsync(SweepDocument document, CancellationToken cancellationToken) =>
        _cache.Ended.FindAsync(document, cancellationToken);

    /// <summary>A trial as far as its state and the record tell; the record alone where the state is null.</summary>
    internal async Task<TrialView> ViewOfAsync(
        Trial trial, IReadOnlyList<string> studies, TrialState? state, string? reason, CancellationToken cancellationToken)
    {
        var view = new TrialView(trial.Id, studies, trial.Parameters, state ?? TrialState.Waiting, 0, null, reason)
        {
            Fold = trial.Validation.Fold,
        };
        if (state?.HasResult() != false
            && await FindRecordAsync(trial.Id, cancellationToken) is { } record)
        {
            return view with { State = TrialStates.Of(record.Outcome), Epoch = record.Epochs, Metrics = record.Last };
        }

        if (state?.HasScore() != false
            && await store.TryReadJsonAsync<PausedTrial>(BlobPaths.Trial(trial.Id, SweepFiles.Paused), cancellationToken) is { } paused)
        {
            return view with { State = TrialState.Pruned, Epoch = paused.Record.Epochs, Metrics = paused.Record.Last };
        }

        if (state != TrialState.Running) return view;
        var path = BlobPaths.Trial(trial.Id, SweepFiles.Progress);
        var progress = await store.TryReadJsonAsync<TrialProgress>(path, cancellationToken);
        return progress is null ? view : view with { Epoch = progress.Epoch, Metrics = progress.Metrics };
    }

    private async Task<TrialRecord?> FindRecordAsync(string trialId, CancellationToken cancellationToken)
    {
        if (_finished.FindRecord(trialId) is { } known) return known;
        var path = BlobPaths.Trial(trialId, SweepFiles.Trial);
        var record = await store.TryReadJsonAsync<TrialRecord>(path, cancellationToken);
        if (record is not null) _finished.Add(record, history: null);
        return record;
    }
}
