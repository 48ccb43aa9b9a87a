using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Running;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Progress;

/// <summary>Runs one sweep in this process and shows it, for <c>./run</c> and <c>./run sweep</c>.</summary>
internal sealed class WatchedSweep(Terminal terminal, LocalPipeline pipeline, ObservedTrials observed)
{
    /// <summary>Runs the sweep to its end.</summary>
    /// <exception cref="InputException">The request is wrong.</exception>
    /// <exception cref="SetupException">The sweep failed.</exception>
    public async Task<SweepView> RunAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        var started = await pipeline.Get<SweepService>().StartAsync(
            request, runAgain: true, cancellationToken: cancellationToken);
        return await WaitAsync(started.Id, cancellationToken);
    }

    /// <summary>Shows a sweep that runs in this process, to its end.</summary>
    /// <exception cref="SetupException">The sweep failed.</exception>
    public async Task<SweepView> WaitAsync(string sweepId, CancellationToken cancellationToken)
    {
        var running = pipeline.Get<LocalSweepRunner>().WaitAsync(sweepId);
        try
        {
            var plan = await PlanAsync(sweepId, running, cancellationToken);
            if (plan is not null) await new SweepProgressView(terminal, observed).ShowAsync(plan, running, cancellationToken);
            await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            SayHowToGoOn(sweepId);
            throw;
        }

        return await EndedAsync(sweepId, cancellationToken);
    }

    /// <summary>Runs the sweep to its end and shows the curves of its trials as they grow.</summary>
    /// <exception cref="InputException">The request is wrong.</exception>
    /// <exception cref="SetupException">The sweep failed.</exception>
    public async Task<SweepView> FollowAsync(SweepRequest request, bool json, CancellationToken cancellationToken)
    {
        var started = await pipeline.Get<SweepService>().StartAsync(
            request, runAgain: true, cancellationToken: cancellationToken);
        var running = pipeline.Get<LocalSweepRunner>().WaitAsync(started.Id);
        try
        {
            await PlanAsync(started.Id, running, cancellationToken);
            await ShowAsync(started.Id, json, cancellationToken);
            await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            SayHowToGoOn(started.Id);
            throw;
        }

        return await EndedAsync(started.Id, cancellationToken);
    }

    /// <summary>Follows a sweep on record, which another process may run, to its end.</summary>
    /// <exception cref="InputException">There is no such sweep.</exception>
    /// <exception cref="SetupException">The sweep failed.</exception>
    public async Task<SweepView> FollowAsync(string sweepId, bool json, CancellationToken cancellationToken)
    {
        await ShowAsync(sweepId, json, cancellationToken);
        return await EndedAsync(sweepId, cancellationToken);
    }

    /// <summary>Where the trials of a sweep came from, in one sentence.</summary>
    public static string Origin(SweepCounts counts) =>
        counts is { Reused: 1, Total: 1 } ? "The only trial was on record and has been reused."
        : counts.Reused == counts.Total ? $"All {counts.Total} trials were on record and have been reused."
        : counts.Reused > 0
            ? $"{Counted.OfAll(counts.Reused, counts.Total, "trial", "was on record and has", "were on record and have")} been reused."
        : $"{Counted.Of(counts.Total, "trial")} trained.";

    /// <summary>Says what is missing of a sweep that has ended; the result is the exit code.</summary>
    public static int Conclude(Terminal terminal, SweepView sweep)
    {
        var counts = sweep.Counts ?? new SweepCounts(0, 0, 0, 0, 0, 0, 0, 0);
        if (sweep.State.IsCutShort())
        {
            terminal.Complain(
                $"the sweep was {sweep.State.ToString().ToLowerInvariant()}, {counts.Cancelled} of its {Counted.Of(counts.Total, "trial")} "
                + $"{(counts.Cancelled == 1 ? "was" : "were")} not trained; './run sweep resume {sweep.Id}' goes on.");
            return ExitCodes.Fault;
        }

        if (sweep.State == SweepState.Paused)
        {
            var left = counts.Waiting + counts.Preempted;
            terminal.Complain(
                $"the sweep was paused, {left} of its {Counted.Of(counts.Total, "trial")} {(left == 1 ? "is" : "are")} still to be "
                + $"trained; './run sweep resume {sweep.Id}' goes on.");
            return ExitCodes.Fault;
        }

        if (counts.Failed == 0) return ExitCodes.Success;
        terminal.Complain(
            $"{counts.Failed} of {Counted.Of(counts.Total, "trial")} failed; the report says why, "
            + $"and starting the sweep again tries {(counts.Failed == 1 ? "it" : "them")} again.");
        return ExitCodes.Fault;
    }

    private void SayHowToGoOn(string sweepId) => terminal.Say(
        $"Sweep {sweepId} is broken off: './run sweep resume {sweepId}' goes on with it, './run sweep cancel {sweepId}' ends it.");

    private async Task ShowAsync(string sweepId, bool json, CancellationToken cancellationToken)
    {
        var events = await pipeline.Get<SweepEvents>().FollowAsync(sweepId, cancellationToken: cancellationToken);
        var names = new TrialNames(pipeline.Get<IArtifactStore>(), sweepId);
        await new SweepFollowView(terminal, json).ShowAsync(names.NamingAsync(events, cancellationToken), names.Of, cancellationToken);
    }

    private async Task<SweepView> EndedAsync(string sweepId, CancellationToken cancellationToken)
    {
        var sweep = await pipeline.Get<SweepCatalog>().GetAsync(sweepId, cancellationToken: cancellationToken);
        if (sweep.State == SweepState.Failed)
            throw new SetupException($"the sweep {sweep.Id} failed ({sweep.Error?.TrimEnd('.')})", "fix what it names and start it again");
        return sweep;
    }

    private async Task<SweepPlan?> PlanAsync(string sweepId, Task running, CancellationToken cancellationToken)
    {
        // The plan is the orchestration's first act.
        while (true)
        {
            var ended = running.IsCompleted;
            var plan = await pipeline.Get<IArtifactStore>().TryReadJsonAsync<SweepPlan>(
                BlobPaths.Sweep(sweepId, SweepFiles.Plan), cancellationToken);
            if (plan is not null || ended) return plan;
            await Task.Delay(20, cancellationToken);
        }
    }
}
