using System.Text;
using MusicPipeline.Reports.Charts;

namespace MusicPipeline.Reports.Documents;

/// <summary>Writes a report as GitHub-flavoured Markdown. Charts are links to <c>charts/</c> beside it.</summary>
internal static class MarkdownWriter
{
    public static string Write(IEnumerable<Block> blocks) => string.Join("\n", blocks.Select(Write));

    /// <summary>
    /// Plain text for Markdown: punctuation that could begin markup is escaped, and angle brackets and ampersands
    /// become entities, because Markdown passes HTML on.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var atStart = text.AsSpan(0, i).IsWhiteSpace();
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$' => escaped.Append('\\').Append(character),
                '#' or '+' or '-' or '=' when atStart => escaped.Append('\\').Append(character),
                '!' when i + 1 < text.Length && text[i + 1] == '[' => escaped.Append("\\!"),
                _ when char.IsControl(character) => escaped.Append(' '),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    private static string Write(Block block) => block switch
    {
        Heading heading => $"{new string('#', heading.Level)} {Escape(heading.Text)}\n",
        Paragraph { IsNotice: true } notice => $"> {Spans(notice.Spans)}\n",
        Paragraph paragraph => $"{Spans(paragraph.Spans)}\n",
        BulletList list => string.Concat(list.Items.Select(item => $"- {Spans(item)}\n")),
        Table table => Write(table),
        Figure figure => Write(figure.Chart),
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "This block has no Markdown."),
    };

    private static string Write(Chart chart)
    {
        var description = Escape(chart.Description);
        return $"![{description}](charts/{Uri.EscapeDataString(chart.FileName)})\n\n*{Escape(chart.Title)}.* {description}\n";
    }

    private static string Write(Table table)
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", table.Columns.Select(column => Escape(column.Heading))).Append(" |\n");
        text.Append('|').AppendJoin('|', table.Columns.Select(column => column.IsNumber ? "---:" : ":---")).Append("|\n");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var strong = row == table.Emphasized;
            text.Append("| ").AppendJoin(" | ", table.Rows[row].Select(cell => Cell(cell, strong))).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Cell(Span cell, bool strong) =>
        strong && cell is { Style: SpanStyle.Plain, Text.Length: > 0 } ? Span(cell with { Style = SpanStyle.Strong }) : Span(cell);

    private static string Spans(IReadOnlyList<Span> spans) => string.Concat(spans.Select(Span));

    private static string Span(Span span)
    {
        var text = span.Style switch
        {
            SpanStyle.Strong => $"**{Escape(span.Text)}**",
            SpanStyle.Code => Code(span.Text),
            _ => Escape(span.Text),
        };
        return span.Target is null ? text : $"[{text}](<{span.Target}>)";
    }

    /// <summary>Code spans take no escapes; text that would end one is written as plain text instead.</summary>
    private static string Code(string text) =>
        text.Any(c => c is '`' or '|' || char.IsControl(c)) ? Escape(text) : $"`{text}`";
}
