using System.Text.Json.Serialization;

namespace MusicPipeline.Reports.Charts;

/// <summary>What a chart shows, for a page that draws it itself so that a reader can point at it.</summary>
/// <param name="X">Label of the abscissa.</param>
/// <param name="Y">Label of the ordinate, without its scale.</param>
/// <param name="LogX">Whether the abscissa is logarithmic.</param>
/// <param name="LogY">Whether the ordinate is at first.</param>
/// <param name="Heading">What the lines' names are.</param>
/// <param name="Lines">The lines, those in the background first.</param>
internal sealed record ChartData(
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y,
    [property: JsonPropertyName("logX")] bool LogX,
    [property: JsonPropertyName("logY")] bool LogY,
    [property: JsonPropertyName("heading")] string Heading,
    [property: JsonPropertyName("lines")] IReadOnlyList<ChartLine> Lines)
{
    /// <summary>
    /// Names of the abscissae 1, 2, 3 ... of parallel coordinates, whose ordinates are shares of their axes; null for numbers.
    /// </summary>
    [JsonPropertyName("places"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Places { get; init; }
}
