using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MusicPipeline.Reports.Charts;

namespace MusicPipeline.Reports.Documents;

/// <summary>
/// Writes a report as one HTML file that needs no other: style, charts and the one script are inside. Without scripts
/// the pictures show.
/// </summary>
internal static class HtmlWriter
{
    /// <summary>Writes the page.</summary>
    /// <param name="title">Title of the window; any text.</param>
    /// <param name="blocks">The report.</param>
    /// <param name="style">Style sheet.</param>
    /// <param name="script">Draws the charts whose data is there.</param>
    public static string Write(string title, IReadOnlyList<Block> blocks, string style, string script)
    {
        // The script that may run is this one and no other, whatever else a reader's browser finds in the page.
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        var isLive = blocks.Any(block => block is Figure { Chart: { Data: not null } or { Points: not null } });
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; media-src data:; ")
            .Append("style-src 'unsafe-inline'")
            .Append(isLive ? $"; script-src 'sha256-{hash}'" : "").Append("\">\n")
            .Append("<title>")
            .Append(Escape(title))
            .Append("</title>\n<style>\n")
            .Append(style)
            .Append("</style>\n</head>\n<body>\n<main>\n");
        foreach (var block in blocks) Write(html, block);
        html.Append("</main>\n");
        if (isLive) html.Append("<script>").Append(script).Append("</script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder html, Block block)
    {
        switch (block)
        {
            case Heading heading:
                html.Append($"<h{heading.Level}>").Append(Escape(heading.Text)).Append($"</h{heading.Level}>\n");
                break;
            case Paragraph paragraph:
                html.Append(paragraph.IsNotice ? "<p class=\"notice\">" : "<p>").Append(Spans(paragraph.Spans)).Append("</p>\n");
                break;
            case BulletList list:
                html.Append("<ul>\n");
                foreach (var item in list.Items) html.Append("<li>").Append(Spans(item)).Append("</li>\n");
                html.Append("</ul>\n");
                break;
            case Table table:
                Write(html, table);
                break;
            case Figure figure:
                Write(html, figure.Chart);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "This block has no HTML.");
        }
    }

    private static void Write(StringBuilder html, Chart chart)
    {
        var data = chart.Data ?? (object?)chart.Points;
        var isWritten = chart.Table is not null || chart.Bars is not null;
        html.Append("<figure");
        if (data is not null) html.Append(" data-title=\"").Append(Escape(chart.Title)).Append('"');
        if (isWritten) html.Append(" class=\"written\"");
        html.Append('>');
        if (isWritten)
        {
            html.Append("<div class=\"chart\"><strong class=\"chart-title\">").Append(Escape(chart.Title)).Append("</strong>\n");
            HtmlCharts.Write(html, chart);
            html.Append("</div><details><summary>Picture</summary>");
        }

        html.Append("<img alt=\"").Append(Escape(chart.Description))
            .Append("\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(chart.Png)).Append("\">");
        if (isWritten) html.Append("</details>");
        // The default encoder leaves nothing in the text that could end the element.
        if (data is not null)
            html.Append("<script type=\"application/json\">").Append(JsonSerializer.Serialize(data, data.GetType())).Append("</script>");
        html.Append("<figcaption><strong>").Append(Escape(chart.Title)).Append(".</strong> ")
            .Append(Escape(chart.Description)).Append("</figcaption></figure>\n");
    }

    private static void Write(StringBuilder html, Table table)
    {
        html.Append("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n<thead><tr>");
        foreach (var column in table.Columns)
            html.Append($"<th scope=\"col\"{Align(column)}>").Append(Escape(column.Heading)).Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            html.Append(row == table.Emphasized ? "<tr class=\"best\">" : "<tr>");
            for (var i = 0; i < table.Columns.Count; i++)
                html.Append($"<td{Align(table.Columns[i])}>").Append(Span(table.Rows[row][i])).Append("</td>");
            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }

    private static string Align(TableColumn column) => column.IsNumber ? " class=\"number\"" : "";

    private static string Spans(IReadOnlyList<Span> spans) => string.Concat(spans.Select(Span));

    private static string Span(Span span)
    {
        var text = span.Style switch
        {
            SpanStyle.Strong => $"<strong>{Escape(span.Text)}</strong>",
            SpanStyle.Code => $"<code>{Escape(span.Text)}</code>",
            _ => Escape(span.Text),
        };
        if (span.Wav is { } wav)
            text += $" <audio controls preload=\"none\" aria-label=\"{Escape(span.Text)}\" "
                + $"src=\"data:audio/wav;base64,{Convert.ToBase64String(wav)}\"></audio>";
        return span.Target is null ? text : $"<a href=\"{Escape(span.Target)}\">{text}</a>";
    }

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);
}
