using Microsoft.Extensions.Logging;
using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// One go of a device over trials on one split: each starts from its checkpoint where it has one, shows its progress, and
/// is put on record as soon as it has ended, whatever becomes of the others.
/// </summary>
internal sealed class PackRun(
    IArtifactStore store,
    TrialResults results,
    CheckpointRule rule,
    IReadOnlyList<ITrialObserver> observers,
    TimeProvider time,
    ILogger logger)
{
    private const int ParallelCalls = 8;

    /// <summary>Trains trials that have no result yet.</summary>
    /// <param name="call">The call that they are of.</param>
    /// <param name="trials">The trials with their positions in the plan.</param>
    /// <param name="dataset">Their data set.</param>
    /// <param name="split">Their rows.</param>
    /// <param name="cancellationToken">Stops the worker.</param>
    /// <exception cref="OperationCanceledException">The worker stops; a cancelled sweep is an outcome instead.</exception>
    public async Task<IReadOnlyList<TrialOutcome>> RunAsync(
        PackCall call,
        IReadOnlyList<(int Index, Trial Trial)> trials,
        Dataset dataset,
        TrainingSplit split,
        CancellationToken cancellationToken)
    {
        var device = call.Device;
        var members = new Member[trials.Count];
        await Parallel.ForAsync(0, members.Length, Limit(cancellationToken), async (position, token) =>
            members[position] = await PrepareAsync(call, trials, position, split, token));
        using var writes = new SemaphoreSlim(ParallelCalls);
        var heartbeat = new PackHeartbeat(
            store, call.Pack.SweepId, [.. members.Select(member => member.Heartbeat)], time, logger, cancellationToken);
        var wasCancelled = false;
        try
        {
            try
            {
                // A thread of its own: training is minutes of arithmetic, not work for the pool.
                await Task.Factory.StartNew(
                    () => device.TrainPack(split, [.. members.Select(member => ToPack(member, heartbeat))], OnFinished, heartbeat.Token),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default);
            }
            catch (OperationCanceledException) when (heartbeat.SweepCancelled)
            {
                wasCancelled = true;
            }
            finally
            {
                // What has ended is put on record even where the others broke off; their checkpoints stay, so that they
                // go on with the next start.
                // One whose record failed may still be writing its own, too.
                await Task.WhenAll(
                    members.SelectMany(member => (Task[])[member.Ending ?? Task.CompletedTask, member.Checkpoints.FlushAsync()]));
            }
        }
        finally
        {
            await heartbeat.DisposeAsync();
        }

        return [.. members.Select(Outcome)];

        void OnFinished(int position, TrainingResult result)
        {
            var member = members[position];
            var seconds = member.Checkpoints.Seconds;
            if (Array.Find(members, next => next.After == position) is { } longer) GoOn(longer, result, seconds);
            member.Ending = Task.Run(() => EndAsync(member, result, seconds), CancellationToken.None);
        }

        async Task EndAsync(Member member, TrainingResult result, double seconds)
        {
            await writes.WaitAsync(cancellationToken);
            try
            {
                await member.Heartbeat.EndAsync();
                if (result.Outcome == TrainingOutcome.Stopped)
                {
                    await member.Checkpoints.WriteAsync(result.Checkpoint, seconds);
                    member.Outcome = await PauseAsync(member, result, seconds);
                    return;
                }

                if (member.KeepsCheckpoint) await member.Checkpoints.KeepAsync(result.Checkpoint, seconds);
                var outcome = await results.RecordAsync(
                    member.Index, member.Trial, dataset, result, seconds, device.Name, cancellationToken);
                if (member.Stretch is not null) await results.ForgetPausedAsync(member.Trial);
                member.Outcome = member.Stretch?.Ended(outcome, result.History, EpochsOf(member, result)) ?? outcome;
                if (member.Checkpoints.MayBeThere) await member.Checkpoints.RemoveAsync();
            }
            finally
            {
                writes.Release();
            }
        }

        async Task<TrialOutcome> PauseAsync(Member member, TrainingResult result, double seconds)
        {
            var preempted = new TrialOutcome(member.Index, TrialState.Preempted) { Epochs = EpochsOf(member, result) };
            if (member.Stretch is not { } stretch) return preempted;
            var paused = new PausedTrial(TrialRecord.From(member.Trial, result, seconds, device.Name), result.History);
            await results.PauseAsync(paused, cancellationToken);
            return stretch.Paused(member.Index, paused, reused: false, EpochsOf(member, result)) ?? preempted;
        }

        // One that goes on from a trial that is paused waits with it.
        TrialOutcome Outcome(Member member) => member.Outcome
            ?? (wasCancelled ? new TrialOutcome(member.Index, TrialState.Cancelled, Reason: "the sweep was cancelled")
                : member.After is { } after && Outcome(members[after]).State == TrialState.Preempted
                ? new TrialOutcome(member.Index, TrialState.Preempted)
                : throw new InvalidOperationException($"The device '{device.Name}' gave no result for trial {member.Trial.Id}."));
    }

    private static int EpochsOf(Member member, TrainingResult result) =>
        member.Stretch is null ? 0 : result.History.Epochs - (member.From?.Epochs.Count ?? 0);

    private static ParallelOptions Limit(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = ParallelCalls, CancellationToken = cancellationToken };

    private static void GoOn(Member longer, TrainingResult end, double seconds)
    {
        if (end.Checkpoint is { } checkpoint) longer.Checkpoints.GoOn(checkpoint, seconds);
        Show(longer.Heartbeat, end.Checkpoint);
    }

    private static void Show(TrialHeartbeat heartbeat, TrainingCheckpoint? from)
    {
        for (var epoch = 0; epoch < from?.Epochs.Count; epoch++) heartbeat.Epoch(epoch + 1, from.Epochs[epoch]);
    }

    private async Task<Member> PrepareAsync(
        PackCall call,
        IReadOnlyList<(int Index, Trial Trial)> trials,
        int position,
        TrainingSplit split,
        CancellationToken cancellationToken)
    {
        var (index, trial) = trials[position];
        var stretch = call.Pack.StretchOf(index, trial);
        var resumable = rule.Covers(trial, split);
        var checkpoints = new TrialCheckpoints(store, trial, rule, time, logger);
        var shorter = call.Shorter(trial);
        int? after = null;
        for (var before = 0; before < position && shorter is not null; before++)
        {
            if (trials[before].Trial.Id == shorter.Id) after = before;
        }

        var end = after is null ? shorter?.Id ?? trial.From : null;
        var from = resumable || stretch is not null ? await checkpoints.FindAsync(Fits, end, cancellationToken) : null;
        // Its own checkpoint is the better start where it is of a later epoch.
        if (from?.Epochs.Count >= shorter?.Parameters.Epochs) after = null;
        else if (after is not null) from = null;
        var heartbeat = new TrialHeartbeat(store, trial, resumable, logger);
        Show(heartbeat, from);
        return new Member(index, trial, checkpoints, heartbeat, from, resumable)
        {
            After = after,
            Stretch = stretch,
            Segment = stretch?.Segment(from),
        };

        bool Fits(TrainingCheckpoint found) => call.Device.CanResume(found, split, trial.Parameters);
    }

    private PackMember ToPack(Member member, PackHeartbeat heartbeat) => new(member.Trial.Parameters, new TrainingRun
    {
        From = member.From,
        OnEpoch = (epoch, metrics) =>
        {
            member.Heartbeat.Epoch(epoch, metrics);
            foreach (var observer in observers) observer.OnEpoch(member.Trial, epoch, metrics);
        },
        OnCheckpoint = member.Resumable ? member.Checkpoints.Offer : null,
        // A short trial is done before a pause is asked for twice.
        Continue = member.Segment is { } segment ? (epoch, metrics) => segment.Continue(epoch, metrics) && !heartbeat.SweepPaused
            : member.Resumable ? (_, _) => !heartbeat.SweepPaused
            : null,
        KeepCheckpoint = member.KeepsCheckpoint,
    })
    {
        After = member.After,
    };

    private sealed record Member(
        int Index, Trial Trial, TrialCheckpoints Checkpoints, TrialHeartbeat Heartbeat, TrainingCheckpoint? From, bool Resumable)
    {
        /// <summary>Whether more epochs may follow one day; with another schedule they would have been others from the start.</summary>
        public bool KeepsCheckpoint => Resumable && Trial.Parameters.Schedule == LearningRateSchedule.Constant;

        /// <summary>Position of the member from whose end it goes on; null for none.</summary>
        public int? After { get; init; }

        /// <summary>How far it goes; null for to its end.</summary>
        public TrialStretch? Stretch { get; init; }

        public TrialSegment? Segment { get; init; }

        public Task? Ending { get; set; }

        public TrialOutcome? Outcome { get; set; }
    }
}
