using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace MusicPipeline.Reports.Charts;

/// <summary>
/// The page that plays a recording under its mel picture, with a cursor that moves over the data. It refers to
/// <c>audio.wav</c> and <c>mel.png</c> beside it and to nothing else, so it works offline and from a folder.
/// </summary>
public static partial class PlayerPage
{
    /// <summary>Writes <c>index.html</c>.</summary>
    /// <param name="title">The recording's name; any text.</param>
    /// <param name="facts">What to say about the audio, label and value, such as sample rate and channels.</param>
    /// <param name="picture">The mel picture that <c>mel.png</c> holds.</param>
    /// <param name="warnings">What went wrong on the way, such as a truncated recording; often empty.</param>
    /// <param name="labels">What plays when, where that was found out.</param>
    public static string Write(
        string title,
        IReadOnlyList<KeyValuePair<string, string>> facts,
        MelPictureResult picture,
        IReadOnlyList<string> warnings,
        PlayerLabels? labels = null)
    {
        var (width, height) = ((double)picture.Width, (double)picture.Height);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = Escape(title),
            ["alt"] = Escape(
                $"Mel spectrogram of {title}: {picture.Seconds:0.##} seconds from left to right, " +
                "frequency in hertz from bottom to top, louder is brighter."),
            ["width"] = picture.Width.ToString(),
            ["height"] = picture.Height.ToString(),
            ["left"] = Percent(picture.Left / width),
            ["top"] = Percent(picture.Top / height),
            ["dataWidth"] = Percent((picture.Right - picture.Left) / width),
            ["dataHeight"] = Percent((picture.Bottom - picture.Top) / height),
            ["seconds"] = picture.Seconds.ToString("0.######"),
            ["warnings"] = Warnings(warnings),
            ["facts"] = Facts(facts),
            ["marks"] = labels is null ? "" : Marks(labels.Notes, picture),
            ["notes"] = labels is null ? "" : Notes(labels),
        };

        // One pass over the template: what a user wrote is never searched for placeholders.
        return Placeholder().Replace(ChartResources.Text("player.html"), match => values[match.Groups["name"].Value]);
    }

    private static string Warnings(IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0) return "";
        var html = new StringBuilder("<section class=\"warnings\" aria-label=\"Warnings\">\n<ul>\n");
        foreach (var warning in warnings) html.Append("<li>").Append(Escape(warning)).Append("</li>\n");
        return html.Append("</ul>\n</section>\n").ToString();
    }

    private static string Facts(IReadOnlyList<KeyValuePair<string, string>> facts)
    {
        if (facts.Count == 0) return "";
        var html = new StringBuilder("<dl>\n");
        foreach (var (label, value) in facts)
            html.Append("<div><dt>").Append(Escape(label)).Append("</dt><dd>").Append(Escape(value)).Append("</dd></div>\n");
        return html.Append("</dl>\n").ToString();
    }

    // Over the picture, from its first pixel to its last; the numbers are shares of the whole picture's width and height.
    private static string Marks(IReadOnlyList<PlayerNote> notes, MelPictureResult picture)
    {
        var html = new StringBuilder();
        var (width, height) = ((double)(picture.Right - picture.Left), (double)picture.Height);
        foreach (var (note, index) in notes.Select((note, index) => (note, index)))
        {
            var left = (picture.Left + (width * Math.Min(note.Start / picture.Seconds, 1))) / picture.Width;
            var right = (picture.Left + (width * Math.Min(note.End / picture.Seconds, 1))) / picture.Width;
            html.Append($"<button class=\"note\" {Data(note, index)} style=\"left:{Percent(left)}%;width:{Percent(right - left)}%;")
                .Append($"top:{Percent(picture.Top / height)}%;height:{Percent((picture.Bottom - picture.Top) / height)}%\" ")
                .Append($"aria-label=\"Play note {index + 1}, {Escape(note.Label)}\"><span>{Escape(note.Label)}</span></button>\n");
        }

        return html.ToString();
    }

    private static string Notes(PlayerLabels labels)
    {
        var html = new StringBuilder("<section class=\"notes\" aria-label=\"Notes\">\n")
            .Append("<h2>").Append(Escape(labels.Sentence)).Append("</h2>\n");
        if (labels.Notes.Count == 0) return html.Append("</section>\n").ToString();
        html.Append("<table>\n<thead><tr><th class=\"number\">Note</th><th class=\"number\">From</th><th class=\"number\">To</th>")
            .Append("<th>Label</th><th class=\"number\">Probability</th><th></th></tr></thead>\n<tbody>\n");
        foreach (var (note, index) in labels.Notes.Select((note, index) => (note, index)))
        {
            html.Append($"<tr><td class=\"number\">{index + 1}</td><td class=\"number\">{note.Start:0.00} s</td>")
                .Append($"<td class=\"number\">{note.End:0.00} s</td><td>{Escape(note.Label)}</td>")
                .Append($"<td class=\"number\">{note.Probability:0.00}</td>")
                .Append($"<td><button {Data(note, index)} aria-label=\"Play note {index + 1}\">Play</button></td></tr>\n");
        }

        return html.Append("</tbody>\n</table>\n</section>\n").ToString();
    }

    private static string Data(PlayerNote note, int index) =>
        $"data-note=\"{index}\" data-start=\"{note.Start:0.####}\" data-end=\"{note.End:0.####}\"";

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);

    private static string Percent(double share) => (share * 100).ToString("0.####");

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
