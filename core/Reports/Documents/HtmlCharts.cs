using System.Text;
using System.Text.Encodings.Web;
using MusicPipeline.Reports.Charts;

namespace MusicPipeline.Reports.Documents;

/// <summary>Charts that are tables at heart, as HTML that needs no script.</summary>
internal static class HtmlCharts
{
    /// <summary>Writes the chart's table or bars.</summary>
    public static void Write(StringBuilder html, Chart chart)
    {
        if (chart.Table is { } table) Write(html, table);
        if (chart.Bars is { } bars) Write(html, bars);
    }

    private static void Write(StringBuilder html, ChartTable table)
    {
        html.Append(
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table "
            + "class=\"cells\">\n<thead><tr><td></td><th colspan=\"")
            .Append(table.Columns.Count)
            .Append("\">")
            .Append(Escape(table.Across))
            .Append("</th></tr><tr><th>")
            .Append(Escape(table.Down))
            .Append("</th>");
        foreach (var column in table.Columns) html.Append("<th scope=\"col\">").Append(Escape(column)).Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            html.Append("<tr><th scope=\"row\">").Append(Escape(table.Rows[row])).Append("</th>");
            foreach (var cell in table.Cells[row]) Write(html, cell);
            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }

    private static void Write(StringBuilder html, ChartCell cell)
    {
        html.Append("<td");
        var kinds = (cell.IsDark ? "dark " : "") + (cell.IsBest ? "top" : "");
        if (kinds.Length > 0) html.Append(" class=\"").Append(kinds.TrimEnd()).Append('"');
        if (cell.Title.Length > 0) html.Append(" title=\"").Append(Escape(cell.Title)).Append('"');
        if (cell.Colour is not null) html.Append(" style=\"background:").Append(cell.Colour).Append('"');
        html.Append('>').Append(Escape(cell.Text)).Append("</td>");
    }

    private static void Write(StringBuilder html, IReadOnlyList<ChartBar> bars)
    {
        var longest = Math.Max(1e-12, bars.Max(bar => bar.Length));
        html.Append("<table class=\"bars\">\n");
        foreach (var bar in bars)
        {
            html.Append("<tr><th scope=\"row\">").Append(Escape(bar.Name)).Append("</th><td><span style=\"width:")
                .Append((Math.Max(0, bar.Length) / longest * 100).ToString("0.#")).Append("%\"></span></td><td class=\"number\">")
                .Append(Escape(bar.Figure)).Append("</td></tr>\n");
        }

        html.Append("</table>\n");
    }

    private static string Escape(string text) => HtmlEncoder.Default.Encode(text);
}
