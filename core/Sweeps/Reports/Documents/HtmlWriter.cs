using System.Text;
using System.Text.Encodings.Web;

namespace MusicPipeline.Sweeps.Reports.Documents;

/// <summary>Writes a report as one HTML file that needs no other: style and charts are inside, scripts are absent.</summary>
internal static class HtmlWriter
{
    /// <summary>Writes the page.</summary>
    /// <param name="title">Title of the window; any text.</param>
    /// <param name="blocks">The report.</param>
    /// <param name="style">Style sheet.</param>
    public static string Write(string title, IEnumerable<Block> blocks, string style)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n")
            .Append("<title>").Append(Escape(title)).Append("</title>\n<style>\n").Append(style).Append("</style>\n</head>\n<body>\n<main>\n");
        foreach (var block in blocks) Write(html, block);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
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
                html.Append("<figure><img alt=\"").Append(Escape(figure.Chart.Description))
                    .Append("\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(figure.Chart.Png))
                    .Append("\"><figcaption><strong>").Append(Escape(figure.Chart.Title)).Append(".</strong> ")
                    .Append(Escape(figure.Chart.Description)).Append("</figcaption></figure>\n");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "This block has no HTML.");
        }
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

    private static string Align(TrialColumn column) => column.IsNumber ? " class=\"number\"" : "";

    private static string Spans(IReadOnlyList<Span> spans) => string.Concat(spans.Select(Span));

    private static string Span(Span span)
    {
        var text = span.Style switch
        {
            SpanStyle.Strong => $"<strong>{Escape(span.Text)}</strong>",
            SpanStyle.Code => $"<code>{Escape(span.Text)}</code>",
            _ => Escape(span.Text),
        };
        return span.Target is null ? text : $"<a href=\"{Escape(span.Target)}\">{text}</a>";
    }

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);
}
