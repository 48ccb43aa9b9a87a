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
    public static string Write(
        string title,
        IReadOnlyList<KeyValuePair<string, string>> facts,
        MelPictureResult picture,
        IReadOnlyList<string> warnings)
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

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);

    private static string Percent(double share) => (share * 100).ToString("0.####");

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
