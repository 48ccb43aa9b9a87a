using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Progress;
using MusicPipeline.Sweeps.Results;
using Spectre.Console;

namespace MusicPipeline.Local.Commands;

/// <summary>The trials of a sweep as a table.</summary>
internal static class SweepTable
{
    // A terminal is no place for thousands of rows; the report has them all.
    private const int MaxRows = 50;

    public static void Write(Terminal terminal, SweepView sweep)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(
            Markup.Escape($"Sweep {sweep.Id} on {sweep.Dataset}{(sweep.Request.Name is { } name ? $": {name}" : "")}"));
        var others = TrialText.Varying(sweep.Trials.Select(trial => trial.Parameters));
        var fold = sweep.Trials.Any(trial => trial.Fold is not null) ? (string[])["fold"] : [];
        string[] headings =
        [
            "study", "learning rate", "hidden units", "epochs", .. others.Select(other => other.Words), .. fold,
            "loss", "accuracy", "val. loss", "val. accuracy", "state",
        ];
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(heading) { Alignment = heading is "study" or "state" ? Justify.Left : Justify.Right });
        foreach (var trial in sweep.Trials.Take(MaxRows))
        {
            var best = trial.Id == sweep.Best?.TrialId;
            string[] cells =
            [
                string.Join(", ", trial.Studies),
                trial.Parameters.LearningRate.ToString(),
                trial.Parameters.HiddenUnits.ToString(),
                $"{trial.Epoch}/{trial.Parameters.Epochs}",
                .. others.Select(other => other.TextOf(trial.Parameters)),
                .. fold.Select(_ => $"{trial.Fold}"),
                Number(trial.Metrics?.Loss, "F4"),
                Number(trial.Metrics?.Accuracy, "P2"),
                Number(trial.Metrics?.ValidationLoss, "F4"),
                Number(trial.Metrics?.ValidationAccuracy, "P2"),
                trial.State.ToString().ToLowerInvariant() + (best ? ", best" : ""),
            ];
            table.AddRow(cells.Select(cell => new Markup(best ? $"[bold green]{Markup.Escape(cell)}[/]" : Markup.Escape(cell))));
        }

        foreach (var baseline in sweep.Baselines ?? [])
        {
            string[] cells =
            [
                baseline.Name + " (baseline)", "", "", "", .. others.Select(_ => ""), .. fold.Select(_ => $"{baseline.Fold}"),
                Number(baseline.Loss, "F4"), Number(baseline.Accuracy, "P2"), Number(baseline.ValidationLoss, "F4"),
                Number(baseline.ValidationAccuracy, "P2"),
                baseline.Accuracy is null ? "no result" : "completed",
            ];
            table.AddRow(cells.Select(cell => new Markup(Markup.Escape(cell))));
        }

        terminal.Out.Write(table);
        if (sweep.Trials.Count > MaxRows) terminal.WriteLine($"... and {sweep.Trials.Count - MaxRows} more in the report.");
    }

    private static string Number(double? value, string format) => value?.ToString(format) ?? "";
}
