using System.Text;
using System.Text.Json;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports;

/// <summary>The trials and the curves of a sweep as tables for other programs, in comma-separated values.</summary>
public static class SweepTables
{
    private const int Buffer = 1 << 16;

    /// <summary>
    /// A line a trial, in the order of the plan, then those without a result, then the baselines: its parameters, its state,
    /// and the figures of its last and its best epoch.
    /// </summary>
    public static Task WriteTrialsAsync(SweepResults results, Stream target, CancellationToken cancellationToken = default) =>
        WriteAsync(Trials(results), target, cancellationToken);

    /// <summary>A line an epoch of each trial; cells are empty where a record of an earlier version lacks a figure.</summary>
    public static Task WriteHistoriesAsync(SweepResults results, Stream target, CancellationToken cancellationToken = default) =>
        WriteAsync(Histories(results), target, cancellationToken);

    private static IEnumerable<string> Trials(SweepResults results)
    {
        var parameters = Columns(results);
        yield return Csv.Line(
        [
            "trial",
            "studies",
            .. parameters.Select(parameter => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name)),
            "validation",
            "state",
            "reused",
            "epochs_done",
            "loss",
            "accuracy",
            "val_loss",
            "val_accuracy",
            "best_epoch",
            "best_val_accuracy",
            "parameters", "seconds", "device", "trainer_version", "reason", "baseline",
        ]);
        var studies = results.Studies
            .SelectMany(study => study.TrialIds.Select(id => (Id: id, study.Name)))
            .ToLookup(pair => pair.Id, pair => pair.Name);
        foreach (var trial in results.Trials)
        {
            var record = trial.Record;
            var last = record.Last;
            yield return Line(
                record.Trial, parameters, string.Join(' ', studies[record.Trial.Id]),
                record.Outcome == TrainingOutcome.Stopped ? "pruned" : Lower(record.Outcome),
                Lower(trial.Reused), record.Epochs, last?.Loss, last?.Accuracy, last?.ValidationLoss, last?.ValidationAccuracy,
                record.BestEpoch > 0 ? record.BestEpoch : null, record.BestEpoch > 0 ? record.BestValidationAccuracy : null,
                record.ParameterCount, record.Seconds, record.Device, record.TrainerVersion, null, null);
        }

        foreach (var failure in results.Failures)
        {
            yield return Line(
                failure.Trial, parameters, string.Join(' ', studies[failure.Trial.Id]),
                "no result", "false", null, null, null, null, null, null, null, null, null, null, null, failure.Reason, null);
        }

        foreach (var baseline in results.Baselines) yield return Line(baseline, parameters);
    }

    /// <summary>The hyper-parameters that have a column: those that older tables lack have one where a trial uses them.</summary>
    private static HyperParameter[] Columns(SweepResults results)
    {
        HyperParameters[] trials =
        [
            .. results.Trials.Select(trial => trial.Record.Trial.Parameters),
            .. results.Failures.Select(failure => failure.Trial.Parameters),
        ];
        return [.. HyperParameter.Columns.Where(parameter => parameter.IsAlwaysAColumn || trials.Any(parameter.IsSet))];
    }

    private static string Line(BaselineResult baseline, HyperParameter[] parameters)
    {
        var record = baseline.Record;
        return Csv.Line(
        [
            baseline.Trial.Id, null, .. parameters.Select(_ => (object?)null),
            baseline.Trial.Validation.ToString(), record is null ? "no result" : "completed", null, null,
            record?.Loss, record?.Accuracy, record?.ValidationLoss, record?.ValidationAccuracy, null, null,
            null, record?.Seconds, null, record?.TrainerVersion, baseline.Reason, baseline.Trial.Name,
        ]);
    }

    private static string Line(Trial trial, HyperParameter[] parameters, string studies, params ReadOnlySpan<object?> rest) => Csv.Line(
    [
        trial.Id, studies, .. parameters.Select(parameter => parameter.TextOf(trial.Parameters)), trial.Validation.ToString(), .. rest,
    ]);

    private static IEnumerable<string> Histories(SweepResults results)
    {
        yield return Csv.Line(
            "trial", "epoch", "loss", "accuracy", "val_loss", "val_accuracy", "val_balanced_accuracy", "val_macro_f1");
        foreach (var trial in results.Trials)
        {
            var history = trial.History;
            for (var epoch = 0; epoch < history.Epochs; epoch++)
            {
                yield return Csv.Line(
                    trial.Record.Trial.Id, epoch + 1, history.Loss[epoch], history.Accuracy[epoch],
                    history.ValidationLoss[epoch], history.ValidationAccuracy[epoch],
                    history.ValidationBalancedAccuracy?[epoch], history.ValidationMacroF1?[epoch]);
            }
        }
    }

    private static string Lower<T>(T value)
        where T : notnull => value.ToString()!.ToLowerInvariant();

    private static async Task WriteAsync(IEnumerable<string> lines, Stream target, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(
            target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Buffer, leaveOpen: true);
        foreach (var line in lines) await writer.WriteAsync(line.AsMemory(), cancellationToken);
    }
}
