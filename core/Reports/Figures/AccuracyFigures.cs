using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Reports.Statistics;
using MusicPipeline.Training;

namespace MusicPipeline.Reports.Figures;

/// <summary>Charts of the last epoch's accuracy against what varies.</summary>
internal static class AccuracyFigures
{
    private const int MostLines = 12;
    private const int MostPointLabels = 12;
    private const double LongestBar = 5;
    private const string Interval = "Bars: 95% interval of the mean";

    /// <summary>Training and validation accuracy against the learning rate.</summary>
    public static IEnumerable<Chart> AgainstRate(StudyTrials study) =>
        Against(study, "learning rate", t => t.Record.Trial.Parameters.LearningRate, ReportText.ShortRate);

    /// <summary>Training and validation accuracy against the hidden units.</summary>
    public static IEnumerable<Chart> AgainstUnits(StudyTrials study) =>
        Against(study, "hidden units", t => t.Record.Trial.Parameters.HiddenUnits, units => Math.Round(units).ToString("0"));

    /// <summary>Validation accuracy against the hidden units, one line a learning rate, where they are few enough.</summary>
    public static IEnumerable<Chart> AgainstUnitsByRate(StudyTrials study)
    {
        var trials = Completed(study);
        var rates = trials.GroupBy(t => t.Record.Trial.Parameters.LearningRate).OrderBy(group => group.Key).ToArray();
        if (rates.Length is 0 or > MostLines) yield break;

        var axis = ChartAxis.LogChoices(
            "Hidden units (log scale)",
            [.. trials.Select(t => (double)t.Record.Trial.Parameters.HiddenUnits)],
            u => Math.Round(u).ToString("0"));
        Series[] lines = [.. rates.Select((group, i) =>
        {
            var sorted = group.OrderBy(t => t.Record.Trial.Parameters.HiddenUnits).ToArray();
            return Line(
                ReportText.ShortRate(group.Key),
                sorted,
                t => t.Record.Trial.Parameters.HiddenUnits,
                t => Validation(study, t).Mean,
                ChartStyle.Category(i)) with
            {
                Ringed = Array.FindIndex(sorted, t => t.Record == study.BestRepresentative),
                Bars = Bars(study, sorted),
            };
        }), .. BaselineLine.Of(study, trials.Select(t => (double)t.Record.Trial.Parameters.HiddenUnits))];
        var chart = new LineChart(
            "Validation accuracy by hidden units and learning rate",
            Captions.Setting(study) + Captions.Diverged(study),
            axis,
            PercentAxis("Validation accuracy (%)", lines),
            lines)
        {
            Heading = "Learning rate", Footnote = study.Repeats.Count > 0 ? Interval : "",
        };
        yield return chart.ToChart($"{study.Name}-accuracy-by-hidden-units.png", BestWords(study));
    }

    /// <summary>Validation accuracy of every combination of learning rate and hidden units.</summary>
    public static IEnumerable<Chart> Grid(StudyTrials study)
    {
        var all = study.Finished.Select(t => t.Record.Trial.Parameters).Concat(study.Failed.Select(f => f.Trial.Parameters)).ToArray();
        var rates = all.Select(p => p.LearningRate).Distinct().Order().ToArray();
        var units = all.Select(p => p.HiddenUnits).Distinct().Order().ToArray();
        if (study.Best is null || rates.Length > 200 || units.Length > 200) yield break;

        var values = new double[rates.Length, units.Length];
        var notes = new string[rates.Length, units.Length];
        for (var i = 0; i < values.Length; i++)
            (values[i / units.Length, i % units.Length], notes[i / units.Length, i % units.Length]) = (double.NaN, "");
        (int Row, int Column) Cell(HyperParameters p) => (Array.IndexOf(rates, p.LearningRate), Array.IndexOf(units, p.HiddenUnits));
        foreach (var failure in study.Failed)
            notes[Cell(failure.Trial.Parameters).Row, Cell(failure.Trial.Parameters).Column] = "no result";
        foreach (var trial in study.Representatives)
        {
            var (row, column) = Cell(trial.Record.Trial.Parameters);
            var completed = trial.Record is { Outcome: TrainingOutcome.Completed, Last: not null };
            if (completed) values[row, column] = Validation(study, trial).Mean * 100;
            notes[row, column] = completed
                ? values[row, column].ToString("0.00")
                : trial.Record.Outcome == TrainingOutcome.Stopped ? "pruned" : "diverged";
        }

        string[] columns = [.. units.Select(u => u.ToString())], names = [.. rates.Select(ReportText.ShortRate)];
        var chart = new GridChart(
            "Validation accuracy (%) by learning rate and hidden units", Captions.Setting(study),
            ChartAxis.Places("Hidden units", columns, most: 16),
            ChartAxis.Places("Learning rate", names, most: 20),
            values, notes, study.Best is { } best ? Cell(best.Trial.Parameters) : null, "Validation accuracy (%)");
        yield return new Chart($"{study.Name}-accuracy.png", chart.Title, BestWords(study), chart.ToPng())
        {
            Table = chart.ToTable(names, columns),
        };
    }

    private static IEnumerable<Chart> Against(
        StudyTrials study, string what, Func<FinishedTrial, double> x, Func<double, string> format)
    {
        var trials = Completed(study).OrderBy(x).ToArray();
        if (trials.Length == 0) yield break;
        var best = Array.FindIndex(trials, t => t.Record == study.BestRepresentative);
        var validation = Line("Validation", trials, x, t => Validation(study, t).Mean, ChartStyle.Category(1)) with
        {
            Ringed = best,
            Bars = Bars(study, trials),
            PointLabels =
            [
                .. trials.Select((t, i) => i == best || trials.Length <= MostPointLabels ? $"{Validation(study, t).Mean * 100:0.00}" : ""),
            ],
        };
        Series[] lines =
        [
            Line("Training", trials, x, t => Training(study, t), ChartStyle.Category(0)), validation,
            .. BaselineLine.Of(study, trials.Select(x)),
        ];
        var chart = new LineChart(
            $"Accuracy by {what}", Captions.Setting(study) + Captions.Diverged(study),
            ChartAxis.LogChoices($"{ReportText.Sentence(what)} (log scale)", [.. trials.Select(x)], format),
            PercentAxis("Accuracy (%)", lines),
            lines)
        {
            Heading = "Last epoch", Footnote = study.Repeats.Count > 0 ? Interval : "Ring: the best",
        };
        var points = ReportText.List([.. trials.Select(t => $"{format(x(t))}: {RepeatFindings.Words(Validation(study, t))}")]);
        yield return chart.ToChart($"{study.Name}-accuracy.png", $"Validation accuracy by {what}: {points}.");
    }

    private static Series Line(
        string label, FinishedTrial[] trials, Func<FinishedTrial, double> x, Func<FinishedTrial, double> accuracy, SeriesLook look) =>
        new(label, [.. trials.Select(x)], [.. trials.Select(t => accuracy(t) * 100)], look) { EveryMarker = true };

    /// <summary>The validation accuracy of a trial, or of all repeats that it stands for.</summary>
    private static SampleMean Validation(StudyTrials study, FinishedTrial trial) =>
        study.RepeatsOf(trial)?.Accuracy ?? new SampleMean(1, trial.Record.Last!.ValidationAccuracy, 0);

    private static double Training(StudyTrials study, FinishedTrial trial) =>
        study.RepeatsOf(trial)?.Completed.Average(each => each.Record.Last!.Accuracy) ?? trial.Record.Last!.Accuracy;

    private static double[]? Bars(StudyTrials study, FinishedTrial[] trials) =>
        study.Repeats.Count == 0 ? null : [.. trials.Select(trial => Validation(study, trial).HalfWidth * 100)];

    private static FinishedTrial[] Completed(StudyTrials study) =>
        [.. study.Representatives.Where(t => t.Record is { Outcome: TrainingOutcome.Completed, Last: not null })];

    private static ChartAxis PercentAxis(string label, IEnumerable<Series> lines) =>
        ChartAxis.Linear(label, lines.SelectMany(line => line.Y.Concat(EndsOf(line))), lowest: 0, highest: 100, airBelow: 1.8);

    // Bars of two seeds are so long that they would flatten everything else; the axis cuts them off.
    private static IEnumerable<double> EndsOf(Series line) =>
        line.Bars?.SelectMany((half, i) => half < LongestBar ? [line.Y[i] - half, line.Y[i] + half] : (double[])[]) ?? [];

    private static string BestWords(StudyTrials study) => study.Best is not { } best
        ? "Validation accuracy of every combination; no trial completed."
        : $"Validation accuracy of every combination; the best is learning rate {ReportText.Rate(best.Trial.Parameters.LearningRate)} "
            + $"with {ReportText.Count(best.Trial.Parameters.HiddenUnits, "hidden unit")}, "
            + $"{ReportText.Percent(best.Last!.ValidationAccuracy)}.";
}
