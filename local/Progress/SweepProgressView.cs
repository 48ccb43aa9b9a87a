using MusicPipeline.Local.Cli;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Spectre.Console;

namespace MusicPipeline.Local.Progress;

/// <summary>Shows a sweep while it runs: bars on a terminal, a line a trial elsewhere.</summary>
internal sealed class SweepProgressView(Terminal terminal, ObservedTrials observed)
{
    // More bars than fit on a screen would only scroll.
    private const int MaxBars = 20;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows the trials of a plan until the sweep has ended.</summary>
    public Task ShowAsync(SweepPlan plan, Task sweep, CancellationToken cancellationToken) =>
        terminal.IsInteractive ? ShowBarsAsync(plan, sweep, cancellationToken) : ShowLinesAsync(plan, sweep, cancellationToken);

    /// <summary>A trial in a few words.</summary>
    public static string Describe(HyperParameters parameters, int? fold = null) => TrialText.Describe(parameters, fold);

    private async Task ShowLinesAsync(SweepPlan plan, Task sweep, CancellationToken cancellationToken)
    {
        var done = 0;
        for (var ended = false; !ended;)
        {
            await Task.WhenAny(sweep, Task.Delay(Refresh, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();

            // What was finished before the end is on the observed by now.
            ended = sweep.IsCompleted;
            while (observed.Finished.TryRead(out var line))
            {
                if (line.Reused) continue;
                terminal.Say(
                    $"[{++done}/{plan.Total}] {Describe(line.Trial.Parameters, line.Trial.Validation.Fold)}: {Result(line.Record)}");
            }
        }
    }

    private Task ShowBarsAsync(SweepPlan plan, Task sweep, CancellationToken cancellationToken) =>
        terminal.Error.Progress()
            .AutoRefresh(true)
            .HideCompleted(plan.Total > MaxBars)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var total = bars.AddTask(
                    "[bold]all trials[/]", maxValue: plan.Growth is null ? plan.Trials.Sum(SweepPlan.Cost) : plan.Total);
                var shown = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                while (true)
                {
                    var ended = sweep.IsCompleted;
                    Update(plan, bars, total, shown);
                    if (ended) break;
                    await Task.WhenAny(sweep, Task.Delay(Refresh, cancellationToken));
                    cancellationToken.ThrowIfCancellationRequested();
                }

                total.Value = total.MaxValue;
            });

    private void Update(SweepPlan plan, ProgressContext bars, ProgressTask total, Dictionary<string, ProgressTask> shown)
    {
        var done = 0.0;
        // What is still to be chosen has no cost yet; then each trial counts for as much as another.
        foreach (var trial in plan.Growth is null ? plan.Trials : observed.Begun)
        {
            if (!observed.Epochs.TryGetValue(trial.Id, out var epochs)) continue;
            done += (plan.Growth is null ? SweepPlan.Cost(trial) : 1) * epochs / trial.Parameters.Epochs;
            if (!shown.TryGetValue(trial.Id, out var bar))
            {
                if (plan.Total > MaxBars && epochs == trial.Parameters.Epochs) continue;
                shown[trial.Id] = bar = bars.AddTask(Describe(trial.Parameters, trial.Validation.Fold), maxValue: trial.Parameters.Epochs);
            }

            bar.Value = epochs;
        }

        total.Value = done;
    }

    private static string Result(TrialRecord record) => record.Outcome == TrainingOutcome.Diverged
        ? $"diverged after {Counted.Of(record.Epochs, "epoch")}"
        : $"validation accuracy {record.Last?.ValidationAccuracy:P2} in {record.Seconds:F1} s";
}
