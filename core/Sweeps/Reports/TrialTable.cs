namespace MusicPipeline.Sweeps.Reports;

/// <summary>The trials of one study as a table of text, for reports and for the command line.</summary>
/// <param name="Title">The study's name, such as <c>Learning rate</c>.</param>
/// <param name="Columns">Headings, with the side that a column is aligned to.</param>
/// <param name="Rows">One row a trial, as many cells as columns.</param>
public sealed record TrialTable(string Title, IReadOnlyList<TrialColumn> Columns, IReadOnlyList<TrialRow> Rows)
{
    private static readonly TrialColumn[] AllColumns =
    [
        new("Learning rate", true), new("Hidden units", true), new("Epochs", true), new("Parameters", true),
        new("Loss", true), new("Accuracy", true), new("Val. loss", true), new("Val. accuracy", true),
        new("Best epoch", true), new("Best val. accuracy", true), new("Seconds", true), new("State", false), new("Trial", false),
    ];

    /// <summary>A table for every study of a sweep, its trials in the order that they were asked for.</summary>
    public static IReadOnlyList<TrialTable> Of(SweepResults results)
    {
        var finished = results.Trials.ToDictionary(trial => trial.Record.Trial.Id);
        var failed = results.Failures.ToDictionary(failure => failure.Trial.Id);
        return [.. results.Studies.Select(study => new TrialTable(
            ReportText.Sentence(study.Name.Replace('-', ' ')),
            AllColumns,
            [.. study.TrialIds
                .Select(id => finished.TryGetValue(id, out var trial) ? Row(trial, id == results.BestTrialId)
                    : failed.TryGetValue(id, out var failure) ? Row(failure) : null)
                .OfType<TrialRow>()]))];
    }

    private static TrialRow Row(FinishedTrial trial, bool best)
    {
        var (record, parameters, last) = (trial.Record, trial.Record.Trial.Parameters, trial.Record.Last);
        var state = record.Outcome.ToString().ToLowerInvariant() + (trial.Reused ? ", reused" : "");
        string[] cells =
        [
            ReportText.Rate(parameters.LearningRate),
            parameters.HiddenUnits.ToString("N0"),
            record.Epochs == parameters.Epochs ? $"{record.Epochs}" : $"{record.Epochs} of {parameters.Epochs}",
            record.ParameterCount.ToString("N0"),
            last is null ? "" : ReportText.Loss(last.Loss),
            last is null ? "" : ReportText.Percent(last.Accuracy),
            last is null ? "" : ReportText.Loss(last.ValidationLoss),
            last is null ? "" : ReportText.Percent(last.ValidationAccuracy),
            record.BestEpoch > 0 ? record.BestEpoch.ToString() : "",
            record.BestEpoch > 0 ? ReportText.Percent(record.BestValidationAccuracy) : "",
            record.Seconds.ToString(record.Seconds < 10 ? "0.00" : "0.0"),
            state,
            record.Trial.Id,
        ];
        return new TrialRow(record.Trial.Id, cells, best);
    }

    private static TrialRow Row(FailedTrial failure)
    {
        var parameters = failure.Trial.Parameters;
        string[] cells =
        [
            ReportText.Rate(parameters.LearningRate), parameters.HiddenUnits.ToString("N0"), parameters.Epochs.ToString(),
            "", "", "", "", "", "", "", "", "no result", failure.Trial.Id,
        ];
        return new TrialRow(failure.Trial.Id, cells, IsBest: false);
    }
}
