using System.Globalization;
using System.Text;

namespace MusicPipeline.Reports;

/// <summary>
/// Writes comma-separated values (RFC 4180) in UTF-8, with a line feed at the end of each line. CsvHelper would write the same
/// bytes only with its rule for quotes, which takes spaces at either end for a reason, replaced by this one, and no more is here.
/// </summary>
internal static class Csv
{
    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create(",\"\r\n");

    /// <summary>A line; numbers in the shortest form that reads back as the same number, nothing for null.</summary>
    public static string Line(params ReadOnlySpan<object?> values)
    {
        var line = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) line.Append(',');
            line.Append(Cell(values[i]));
        }

        return line.Append('\n').ToString();
    }

    private static string Cell(object? value)
    {
        var text = value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
