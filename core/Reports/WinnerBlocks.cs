using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Figures;
using MusicPipeline.Reports.Findings;
using MusicPipeline.Reports.Results;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Reports;

/// <summary>What the winner does with the test rows: which classes it finds and which it confuses.</summary>
internal static class WinnerBlocks
{
    private const int MostClasses = 100;

    public static IEnumerable<Block> Of(SweepResults sweep, IReadOnlyList<Chart> charts)
    {
        if (sweep.Confusion is not { } matrix) yield break;
        yield return new Heading(3, "Class by class");
        yield return Findings(matrix, sweep.Recordings is null ? "row" : "note");
        foreach (var chart in charts.Where(chart => chart.FileName == ConfusionFigure.FileName)) yield return new Figure(chart);
        yield return new Table(
            [
                new("Class", matrix.ClassNames is null), new("Test rows", true), new("Precision", true), new("Recall", true),
                new("Most often taken for", false),
            ],
            [.. matrix.PerClass.Take(MostClasses).Select((score, i) => Row(matrix, score, i))]);
        if (matrix.Classes.Length > MostClasses)
            yield return new Paragraph([$"The first {MostClasses:N0} of {matrix.Classes.Length:N0} classes."]);
        foreach (var block in Confused(sweep.Confused)) yield return block;
        foreach (var block in Recordings(sweep, charts)) yield return block;
    }

    private static IEnumerable<Block> Confused(IReadOnlyList<ConfusedNote> notes)
    {
        if (notes.Count == 0) yield break;
        yield return new Heading(3, "Notes to hear");
        yield return new Paragraph(
        [
            "Test notes that were taken for another class: some of each pair, the pairs that are confused most often first. "
            + "They can be played in report.html.",
        ]);
        yield return new Table(
            [new("Recording", false), new("Note", true), new("Plays", false), new("Taken for", false), new("Sound", false)],
            [
                .. notes.Select(note => (IReadOnlyList<Span>)
                [
                    note.Recording, note.Number.ToString("N0"), note.Label, $"{note.TakenFor} ({ReportText.Percent(note.Probability)})",
                    note.Sound is { } sound
                        ? new Span($"{sound.Start:0.00} s to {sound.End:0.00} s", Wav: sound.Wav)
                        : "The recording is not there any more, or is another one by now.",
                ]),
            ]);
    }

    private static BulletList Findings(ConfusionMatrix matrix, string row) =>
        new([.. ConfusionFindings.Sentences(matrix, row).Select(sentence => (IReadOnlyList<Span>)[sentence])]);

    private static IEnumerable<Block> Recordings(SweepResults sweep, IReadOnlyList<Chart> charts)
    {
        if (sweep.Recordings is not { } recordings) yield break;
        yield return new Heading(3, "Recording by recording");
        yield return new Paragraph(
        [
            "A recording has the label of the highest probability, as the mean over its notes: ",
            Span.Strong(ReportText.Percent(recordings.Test.Accuracy)),
            $" of {ReportText.Count(recordings.Test.Rows, "test recording")} are labelled rightly, of their notes one by one "
            + $"{ReportText.Percent(sweep.Confusion!.Accuracy)}.",
        ]);
        yield return Findings(recordings.Test, "recording");
        foreach (var chart in charts.Where(chart => chart.FileName == ConfusionFigure.RecordingsFileName))
            yield return new Figure(chart);
        yield return new Paragraph([recordings.NotSureBelow is { } least
            ? $"\"Not sure\" is the answer for recordings whose label has a probability below {least:0.000}: of the "
                + $"{ReportText.Count(recordings.Validated, "validation recording")} {recordings.Sure:N0} had that or more, and of those "
                + $"{recordings.SureAndRight:N0} were labelled rightly."
            : $"No probability was found above which {RecordingResults.WantedShare * 100:0}% of the "
                + $"{ReportText.Count(recordings.Validated, "validation recording")} were labelled rightly, "
                + "so that the model is never sure."]);
    }

    private static IReadOnlyList<Span> Row(ConfusionMatrix matrix, ClassScore score, int index)
    {
        var other = Enumerable.Range(0, matrix.Classes.Length)
            .Where(column => column != index)
            .MaxBy(column => matrix.Counts[index][column]);
        var count = matrix.Counts[index][other];
        return
        [
            score.ToString(), score.Rows.ToString("N0"), Share(score.Precision), Share(score.Recall),
            count == 0 || other == index ? "" : $"{matrix.NameOf(other)} ({count:N0})",
        ];
    }

    private static string Share(double? share) => share is { } value ? ReportText.Percent(value) : "none";
}
