using MusicPipeline.Reports.Charts;
using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Results;

namespace MusicPipeline.Reports;

/// <summary>
/// Writes the report of a collection of recordings: what each label and source has, and what was left out. The same results give
/// the same report.
/// </summary>
public static class CollectionReport
{
    private const int MostRows = 1000;

    /// <summary>The report as Markdown.</summary>
    public static string Markdown(CollectionResults collection) => MarkdownWriter.Write(Blocks(collection));

    /// <summary>The report as one HTML file with everything inside.</summary>
    public static string Html(CollectionResults collection) =>
        HtmlWriter.Write(Title(collection), [.. Blocks(collection)], ChartResources.Text("report.css"), "");

    private static string Title(CollectionResults collection) => $"Collection {collection.Name}";

    private static IEnumerable<Block> Blocks(CollectionResults collection)
    {
        yield return new Heading(1, Title(collection));
        if (collection.Problem is { } problem)
        {
            yield return new Paragraph([Span.Strong("No data set was made of it: "), problem], IsNotice: true);
        }
        else
        {
            yield return Summary(collection);
            yield return new Paragraph(
            [
                "Rows are notes, of ", Span.Code(collection.Recipe), " features. Recordings, and all recordings of one source, are on one ",
                "side of every split: other notes of a known recording look better than new recordings do.",
                collection.Copies is { } copies
                    ? $" Each training note has {ReportText.Count(copies, "altered copy", "altered copies")}, "
                        + "learned from and never validated or tested on."
                    : "",
            ]);
        }

        if (collection.Remarks.Count > 0)
            yield return new BulletList([.. collection.Remarks.Select(remark => (IReadOnlyList<Span>)[remark])]);
        foreach (var block in Parts("Labels", "Label", collection.Labels)) yield return block;
        foreach (var block in Parts("Sources", "Source", collection.Sources)) yield return block;
        if (collection.LeftOut.Count == 0) yield break;
        yield return new Heading(2, "Left out");
        yield return new Table(
            [new("Recording", false), new("Why", false)],
            [.. collection.LeftOut.Take(MostRows).Select(left => (IReadOnlyList<Span>)[Span.Code(left.File), left.Reason])]);
        if (collection.LeftOut.Count > MostRows)
            yield return new Paragraph([$"The first {MostRows:N0} of {collection.LeftOut.Count:N0}; collection.json has them all."]);
    }

    private static Paragraph Summary(CollectionResults collection)
    {
        var labels = collection.Labels;
        var test = labels.Sum(label => label.TestNotes);
        var left = collection.LeftOut.Count;
        var dataset = $"../../datasets/{Uri.EscapeDataString(collection.Name)}/{collection.Version}/dataset.json";
        return new Paragraph(
        [
            "Version ", Span.Code(collection.Version ?? "", dataset),
            $" of the data set {collection.Name} has {ReportText.Count(labels.Sum(label => label.Notes), "note")} of ",
            $"{ReportText.Count(labels.Sum(label => label.Recordings), "recording")} under {ReportText.Count(labels.Count, "label")}, ",
            $"{Length(labels.Sum(label => label.Seconds))} in all; {ReportText.Count(test, "note")} of ",
            $"{ReportText.Count(labels.Sum(label => label.TestRecordings), "recording")} ",
            $"{(test == 1 ? "is" : "are")} held out for the test.",
            left == 0 ? "" : $" {ReportText.Count(left, "recording")} {(left == 1 ? "was" : "were")} left out.",
        ]);
    }

    private static IEnumerable<Block> Parts(string heading, string column, IReadOnlyList<CollectedPart> parts)
    {
        if (parts.Count == 0) yield break;
        yield return new Heading(2, heading);
        // Hardly any collection has some.
        var hasSome = parts.Any(part => part.WithoutPitch > 0);
        yield return new Table(
            [
                new(column, false), new("Recordings", true), new("Notes", true), new("Length", true), new("Test recordings", true),
                new("Test notes", true), .. hasSome ? [new TableColumn("Notes without pitch", true)] : (TableColumn[])[],
            ],
            [
                .. parts.Take(MostRows).Select(part =>
                    (IReadOnlyList<Span>)[.. Row(part), .. hasSome ? [part.WithoutPitch.ToString("N0")] : (Span[])[]]),
            ]);
        if (parts.Count > MostRows) yield return new Paragraph([$"The first {MostRows:N0} of {parts.Count:N0}."]);
    }

    private static IReadOnlyList<Span> Row(CollectedPart part) =>
    [
        part.Name, part.Recordings.ToString("N0"), part.Notes.ToString("N0"), Length(part.Seconds), part.TestRecordings.ToString("N0"),
        part.TestNotes.ToString("N0"),
    ];

    private static string Length(double seconds) => seconds < 600 ? $"{seconds:0.0} s" : $"{seconds / 60:0.0} min";
}
