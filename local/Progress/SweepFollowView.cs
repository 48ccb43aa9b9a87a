using MusicPipeline.Local.Cli;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MusicPipeline.Local.Progress;

/// <summary>
/// Shows the curves of running trials as they grow: a line with a sparkline a trial on a terminal, lines of text
/// elsewhere, or every event as a line of JSON.
/// </summary>
internal sealed class SweepFollowView(Terminal terminal, bool json)
{
    private const int MostCurves = 16;
    private const int MostEnded = 6;
    private const int CurveWidth = 40;
    private const int LinesOfATrial = 10;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows events until they end.</summary>
    /// <param name="events">The events.</param>
    /// <param name="describe">A trial in a few words, by its id.</param>
    /// <param name="cancellationToken">Stops showing them.</param>
    public Task ShowAsync(IAsyncEnumerable<SweepEvent> events, Func<string, string> describe, CancellationToken cancellationToken) =>
        json ? WriteJsonAsync(events, cancellationToken)
        : terminal.IsInteractive ? DrawAsync(events, new FollowedSweep(describe), cancellationToken)
        : WriteLinesAsync(events, describe, cancellationToken);

    private async Task WriteJsonAsync(IAsyncEnumerable<SweepEvent> events, CancellationToken cancellationToken)
    {
        await foreach (var happened in events.WithCancellation(cancellationToken))
        {
            if (happened.Data is not null) terminal.WriteCompactJson(new { Event = happened.Name, happened.Id, happened.Data });
        }
    }

    private async Task WriteLinesAsync(
        IAsyncEnumerable<SweepEvent> events, Func<string, string> describe, CancellationToken cancellationToken)
    {
        var (ended, total) = (0, "?");
        var told = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var happened in events.WithCancellation(cancellationToken))
        {
            switch (happened.Data)
            {
                case StatusEvent { Counts: { } counts }:
                    total = counts.Total.ToString();
                    break;
                case EpochEvent point when point.Epoch >= told.GetValueOrDefault(point.TrialId) + Math.Max(1, point.Epochs / LinesOfATrial):
                    told[point.TrialId] = point.Epoch;
                    terminal.Say(
                        $"{describe(point.TrialId)}: epoch {point.Epoch}, loss {point.Loss:F4}, "
                        + $"validation accuracy {point.ValidationAccuracy:P2}");
                    break;
                case TrialView trial:
                    terminal.Say($"[{++ended}/{total}] {SweepProgressView.Describe(trial.Parameters, trial.Fold)}: {ResultOf(trial)}");
                    break;
            }
        }
    }

    private Task DrawAsync(IAsyncEnumerable<SweepEvent> events, FollowedSweep sweep, CancellationToken cancellationToken) =>
        terminal.Error.Live(new Text("")).AutoClear(true).StartAsync(async screen =>
        {
            await using var each = events.GetAsyncEnumerator(cancellationToken);
            for (var next = each.MoveNextAsync().AsTask(); ;)
            {
                // A burst of events is one picture.
                await Task.WhenAny(next, Task.Delay(Refresh, cancellationToken));
                if (!next.IsCompleted)
                {
                    screen.UpdateTarget(Picture(sweep));
                    screen.Refresh();
                }

                if (!await next) return;
                sweep.Add(each.Current);
                next = each.MoveNextAsync().AsTask();
            }
        });

    private static Rows Picture(FollowedSweep sweep)
    {
        var running = sweep.Running.ToArray();
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in (string[])["in training", "epoch", "validation loss, log scale", "loss", "val. loss", "val. accuracy"])
            table.AddColumn(new TableColumn(heading)
            {
                Alignment = heading is "in training" or "validation loss, log scale" ? Justify.Left : Justify.Right,
            });
        foreach (var (name, curve) in running.TakeLast(MostCurves))
        {
            var last = curve[^1];
            table.AddRow(
                Markup.Escape(name),
                $"{last.Epoch}/{last.Epochs}",
                $"[blue]{Sparkline.Of([.. curve.Select(point => point.ValidationLoss)], CurveWidth)}[/]",
                $"{last.Loss:F4}", $"{last.ValidationLoss:F4}", $"{last.ValidationAccuracy:P2}");
        }

        IEnumerable<IRenderable> ended = sweep.Ended.Take(MostEnded)
            .Select(trial => new Text($"  {SweepProgressView.Describe(trial.Parameters, trial.Fold)}: {ResultOf(trial)}"));
        var rest = running.Length > MostCurves ? (IRenderable[])[new Text($"  and {running.Length - MostCurves} more in training")] : [];
        return new Rows([new Text(HeadingOf(sweep.Status)), table, .. rest, .. ended]);
    }

    private static string HeadingOf(StatusEvent? status)
    {
        if (status?.Counts is not { } counts) return status is null ? "" : $"{status.Id}: {status.State.ToString().ToLowerInvariant()}";
        var done = counts.Total - counts.Waiting - counts.Running;
        var best = status.Best is { } found
            ? $", best so far {(found.Objective is null ? $"{found.ValidationAccuracy:P2}" : BestText.Of(found))} "
                + $"({SweepProgressView.Describe(found.Parameters)})"
            : "";
        var end = status.EstimatedEnd is { } at ? $", done at about {at.ToLocalTime():HH:mm:ss}" : "";
        return $"{status.Id}: {done} of {Counted.Of(counts.Total, "trial")} done{best}{end}";
    }

    private static string ResultOf(TrialView trial) => trial.State == TrialState.Completed && trial.Metrics is { } metrics
        ? $"validation accuracy {metrics.ValidationAccuracy:P2} after {Counted.Of(trial.Epoch, "epoch")}"
        : $"{trial.State.ToString().ToLowerInvariant()} after "
            + $"{Counted.Of(trial.Epoch, "epoch")}{(trial.Reason is null ? "" : $", {trial.Reason}")}";
}
