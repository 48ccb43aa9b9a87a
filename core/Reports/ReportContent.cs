using MusicPipeline.Data;
using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports;

/// <summary>What a sweep's report says, apart from how it is written.</summary>
internal static class ReportContent
{
    private const int MostRows = 1000;
    private const int MostFailures = 100;
    private const int MostClasses = 100;

    public static string Title(SweepResults sweep) =>
        $"{ReportText.Heading(sweep.Preset ?? sweep.Studies[0].Name)} sweep on {sweep.Dataset.Name}";

    public static IReadOnlyList<Block> Of(SweepResults sweep, IReadOnlyList<Chart> charts)
    {
        var studies = StudyTrials.Of(sweep);
        return
        [
            new Heading(1, Title(sweep)),
            .. Labels(sweep),
            .. BestModel(sweep),
            .. BaselineBlocks.Of(sweep),
            .. WinnerBlocks.Of(sweep, charts),
            new Heading(2, "What was run"),
            .. WhatWasRun(sweep),
            new Heading(2, "Data set"),
            .. Data(sweep.Dataset),
            .. studies.Zip(TrialTable.Of(sweep)).SelectMany(pair => OfStudy(pair.First, pair.Second, charts)),
            .. Failures(sweep),
        ];
    }

    /// <summary>What people have written of the sweep, as it was when the report was made.</summary>
    private static IEnumerable<Block> Labels(SweepResults sweep)
    {
        if (sweep.Name is { } name) yield return new Paragraph([Span.Strong(name)]);
        foreach (var line in (sweep.Notes ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            yield return new Paragraph([line]);
        if (sweep.Tags.Count > 0) yield return new Paragraph([$"Tags: {string.Join(", ", sweep.Tags)}"]);
    }

    private static IEnumerable<Block> BestModel(SweepResults sweep)
    {
        yield return new Heading(2, "The best model");
        var best = sweep.Trials.FirstOrDefault(t => t.Record.Trial.Id == sweep.BestTrialId)?.Record;
        if (best?.Last is not { } last)
        {
            yield return new Paragraph(
                [sweep.Trials.Any(trial => PointRank.IsComplete(trial.Record))
                    ? $"No trial has a {sweep.Objective.Words()}, so there is no best model."
                    : "No trial completed, so there is no best model."],
                IsNotice: true);
            yield break;
        }

        var p = best.Trial.Parameters;
        var highest = sweep.Objective.IsLowerBetter() ? "lowest" : "highest";
        yield return new Paragraph(
        [
            Span.Strong(
                $"Learning rate {ReportText.Rate(p.LearningRate)}, {ReportText.Count(p.HiddenUnits, "hidden unit")}, "
                + $"{ReportText.Count(p.Epochs, "epoch")}"),
            $" ({Rest(p)}): validation accuracy ", Span.Strong(ReportText.Percent(last.ValidationAccuracy)),
            $" and validation loss {ReportText.Loss(last.ValidationLoss)} after {EpochOf(best)}, "
            + $"with {ReportText.Count(best.ParameterCount, "parameter")}. "
            + $"Training accuracy {ReportText.Percent(last.Accuracy)}, training loss {ReportText.Loss(last.Loss)}.",
            sweep.Objective == Objective.Accuracy ? ""
                : $" It was chosen by {sweep.Objective.Words()}, {sweep.Objective.Direction()}: "
                    + $"{sweep.Objective.Text(last.Of(sweep.Objective)!.Value)}.",
        ]);
        yield return new Paragraph(
        [
            "The model is ", Span.Code(SweepFiles.BestModel, SweepFiles.BestModel),
            best.Trial.Dataset == sweep.Dataset.Name && sweep.Recordings is null ? ", the same as " : ", the same network as ",
            Span.Code($"trials/{best.Trial.Id}/{SweepFiles.Model}", $"../../trials/{best.Trial.Id}/{SweepFiles.Model}"),
            best.Trial.Dataset == sweep.Dataset.Name
                ? ""
                : $", which was trained for the data set {best.Trial.Dataset} of the same content",
            "; its history and figures lie beside the latter. It takes raw features: standardization is inside.",
            .. sweep.Transform is null
                ? (Span[])[]
                : [" ", Span.Code(SweepFiles.Classifier, SweepFiles.Classifier), " takes the mono samples of one note at 22,050 Hz."],
        ]);
        if (RepeatedPoint.Of(sweep.Trials, sweep.Objective)
            .FirstOrDefault(point => point.Completed.Any(trial => trial.Record == best)) is { Completed.Count: > 1 } point)
            yield return new Paragraph(
                [$"It is the best of {point.Completed.Count} {point.Kind} of the point with the {highest} mean {sweep.Objective.Words()}"
                    + $"{(sweep.Objective == Objective.Accuracy ? $", {RepeatFindings.Words(point.Accuracy)}" : "")}; "
                    + "expect the mean of another training."]);
        yield return Selection(sweep);
        if (MajorityFindings.Of(sweep.Confusion) is not { } findings) yield break;
        yield return new Paragraph([findings.Sentence()]);
        Span[] warnings = [.. findings.Warnings()
            .SelectMany((warning, i) => (Span[])[.. i > 0 ? (Span[])[" "] : [], Span.Strong(warning.Problem), warning.Details])];
        if (warnings.Length > 0) yield return new Paragraph(warnings, IsNotice: true);
    }

    private static string EpochOf(TrialRecord best) => best.Trial.Parameters.RestoreBest is null
        ? "the last epoch"
        : $"epoch {best.BestEpoch:N0} of {best.Epochs:N0}, the best";

    private static string Rest(HyperParameters p) => string.Join(", ", HyperParameter.Columns
        .Except([HyperParameter.LearningRate, HyperParameter.HiddenUnits, HyperParameter.Epochs])
        .Where(parameter => parameter.IsNamedIn(p))
        .Select(parameter => parameter.Phrase(p)));

    private static Paragraph Selection(SweepResults sweep)
    {
        if (sweep.Validation.Share is not { } share)
        {
            return new Paragraph(
            [
                Span.Strong("Selection was made on the test set"),
                ", as in the lab: the test rows chose the winner, "
                + "so its validation accuracy is optimistic and says too much about new recordings. "
                + "Run the sweep with a share of the training set held out (such as 0.2) for an honest figure.",
                sweep.Confusion is { } matrix
                    ? $" By the number of rows alone its 95% interval is {WilsonInterval.Of(matrix.Accuracy, matrix.Rows)} (Wilson)."
                    : "",
            ],
            IsNotice: true);
        }

        var held = sweep.Validation.Folds is { } folds
            ? $"Points were compared by their mean over {folds} stratified folds of the training {Units(sweep)}, each held out once. "
            : $"Trials were compared on {share * 100:0.##}% of each class's training {Units(sweep)}, held out from training. ";
        return new Paragraph(sweep.TestScore is { } score
            ?
            [
                held + "The winner alone was then scored on the test set, once: accuracy ",
                Span.Strong(ReportText.Percent(score.Accuracy)),
                $", loss {ReportText.Loss(score.Loss)}, on {ReportText.Count(score.Rows, "row")}; ",
                $"95% interval {WilsonInterval.Of(score.Accuracy, score.Rows)} (Wilson), for rows like these.",
            ]
            : [held + "The test set was not used."]);
    }

    /// <summary>What a split deals out.</summary>
    private static string Units(SweepResults sweep) => sweep.Dataset.Groups is null ? "rows" : "recordings";

    private static IEnumerable<Block> WhatWasRun(SweepResults sweep)
    {
        var diverged = sweep.Trials.Count(t => t.Record.Outcome == TrainingOutcome.Diverged);
        var reused = sweep.Trials.Count(t => t.Reused);
        var pruned = sweep.Trials.Count(t => t.Record.Outcome == TrainingOutcome.Stopped);
        var counts = new List<string> { $"{sweep.Trials.Count - diverged - pruned:N0} completed" };
        if (pruned > 0) counts.Add($"{pruned:N0} pruned");
        if (diverged > 0) counts.Add($"{diverged:N0} diverged");
        if (sweep.Failures.Count > 0) counts.Add($"{sweep.Failures.Count:N0} without a result");
        var items = new List<IReadOnlyList<Span>>
        {
            new Span[] { "Sweep ", Span.Code(sweep.SweepId), sweep.Preset is null ? "." : $", preset {sweep.Preset}." },
            new Span[] { $"{ReportText.Count(sweep.Trials.Count + sweep.Failures.Count, "trial")}: {ReportText.List(counts)}." },
        };
        if (sweep.Note is { } note) items.Add([note]);
        if (sweep.Objective != Objective.Accuracy)
            items.Add([$"Trials are compared by {sweep.Objective.Words()}, {sweep.Objective.Direction()}."]);
        if (StopWords.Of(sweep) is { } why) items.Add([why]);
        if (reused > 0)
            items.Add([reused == 1
                ? "1 of them was on record before this sweep and was reused, not trained again."
                : $"{reused:N0} of them were on record before this sweep and were reused, not trained again."]);
        items.Add(
            [$"Training took {sweep.Trials.Where(t => !t.Reused).Sum(t => t.Record.Seconds):0.0} s in all, "
                + "counted over trials that may have run side by side."]);
        var devices = sweep.Trials.Select(t => t.Record.Device).Distinct().Order().ToArray();
        var versions = sweep.Trials.Select(t => t.Record.TrainerVersion).Distinct().Order().ToArray();
        if (devices.Length > 0) items.Add([$"Trained on {ReportText.List(devices)}, trainer version {ReportText.List(versions)}."]);
        items.Add([sweep.Validation.Folds is { } folds ? $"Validation: {folds} stratified folds of the training {Units(sweep)}."
            : sweep.Validation.Share is { } share
                ? $"Validation: {share * 100:0.##}% of the training {Units(sweep)} of each class, held out."
            : "Validation: the test set."]);
        yield return new BulletList(items);
    }

    private static IEnumerable<Block> Data(DatasetInfo data)
    {
        yield return new Paragraph(
        [
            Span.Strong(data.Name), ", version ", Span.Code(data.Version),
            $": {ReportText.Count(data.Train.Rows, "training row")} and {ReportText.Count(data.Test.Rows, "test row")} " +
            $"of {ReportText.Count(data.Features, "feature")}, in {data.Classes.Length:N0} classes.",
            data.TrainCopies is { } copies
                ? $" Of the training rows {copies:N0} are altered copies of others, learned from and never validated or tested on."
                : "",
        ]);
        if (data.Groups is { } groups)
            yield return new Paragraph(
            [
                $"Rows are notes of {ReportText.Count(groups.Count, "recording")}",
                data.Recipe is { } recipe ? $", described by the recipe {recipe}. " : ". ",
                "Every split is by recording, and by source where recordings have one: notes of one recording are never on both sides. "
                + "Other notes of known recordings would look better than they are.",
            ]);
        var rows = data.Classes
            .Select((_, i) => (IReadOnlyList<Span>)
            [
                data.NameOf(i), data.Train.RowsPerClass[i].ToString("N0"), data.Test.RowsPerClass[i].ToString("N0"),
            ])
            .Take(MostClasses)
            .ToArray();
        yield return new Table([new("Class", data.ClassNames is null), new("Training rows", true), new("Test rows", true)], rows);
        if (data.Classes.Length > MostClasses)
            yield return new Paragraph([$"The first {MostClasses:N0} of {data.Classes.Length:N0} classes; dataset.json has them all."]);
    }

    private static IEnumerable<Block> OfStudy(StudyTrials study, TrialTable table, IReadOnlyList<Chart> charts)
    {
        yield return new Heading(2, study.Title);
        if (Same(study) is { } same) yield return new Paragraph([same]);
        yield return new BulletList([.. StudyComment.On(study).Select(sentence => (IReadOnlyList<Span>)[sentence])]);
        foreach (var chart in SweepCharts.OfStudy(study.Name, charts, study.Sweep.Studies.Select(s => s.Name)))
            yield return new Figure(chart);

        foreach (var block in RepeatTable.Of(study)) yield return block;
        var rows = table.Rows.Take(MostRows).ToArray();
        yield return new Heading(3, $"Trials: {study.Name.Replace('-', ' ')}");
        yield return new Table(table.Columns, [.. rows.Select(Cells)], Array.FindIndex(rows, row => row.IsBest));
        if (table.Rows.Count > rows.Length)
            yield return new Paragraph([$"The first {rows.Length:N0} of {table.Rows.Count:N0} trials; trials/ has the figures of all."]);
    }

    /// <summary>What the trials do not differ in; columns and axes are of the rest alone.</summary>
    private static string? Same(StudyTrials study)
    {
        var count = study.Finished.Count + study.Failed.Count;
        if (count == 0) return null;
        var same = ReportText.List(
        [
            .. study.Constants.Where(constant => constant.IsNamedIn(study.Parameters))
                .Select(constant => constant.Phrase(study.Parameters)),
        ]);
        return count == 1 ? $"One trial: {same}." : $"The same in all {count:N0} trials: {same}.";
    }

    private static IReadOnlyList<Span> Cells(TrialRow row) =>
        [.. row.Cells.Select(cell => cell == row.TrialId ? Span.Code(cell, row.File) : new Span(cell))];

    private static IEnumerable<Block> Failures(SweepResults sweep)
    {
        if (sweep.Failures.Count == 0) yield break;
        yield return new Heading(2, "Trials without a result");
        yield return new BulletList([.. sweep.Failures.Take(MostFailures).Select(Reason)]);
        if (sweep.Failures.Count > MostFailures)
            yield return new Paragraph([$"And {sweep.Failures.Count - MostFailures:N0} more; sweep.json has them all."]);
    }

    private static IReadOnlyList<Span> Reason(FailedTrial failure)
    {
        var p = failure.Trial.Parameters;
        return
        [
            Span.Code(failure.Trial.Id),
            $" (learning rate {ReportText.Rate(p.LearningRate)}, {ReportText.Count(p.HiddenUnits, "hidden unit")}): {failure.Reason}",
        ];
    }
}
