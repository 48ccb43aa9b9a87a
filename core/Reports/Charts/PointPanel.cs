using System.Text.Json.Serialization;

namespace MusicPipeline.Reports.Charts;

/// <summary>An abscissa of a <see cref="PointData"/>.</summary>
/// <param name="X">Its label.</param>
/// <param name="LogX">Whether it is logarithmic at first.</param>
/// <param name="Abscissae">One a point.</param>
/// <param name="Places">Names of the values 0, 1, 2 ...; null where the values are numbers.</param>
internal sealed record PointPanel(
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("logX")] bool LogX,
    [property: JsonPropertyName("xs")] IReadOnlyList<double> Abscissae,
    [property: JsonPropertyName("places")] IReadOnlyList<string>? Places);
