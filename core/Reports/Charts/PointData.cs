using System.Text.Json.Serialization;

namespace MusicPipeline.Reports.Charts;

/// <summary>Points over one or several abscissae, for a page that draws them itself so that a reader can point at them.</summary>
/// <param name="Y">Label of the common ordinate.</param>
/// <param name="Low">Lower end of the ordinate; what lies below it, or has no value, is drawn there.</param>
/// <param name="High">Upper end.</param>
/// <param name="MayLogY">Whether a logarithmic ordinate shows more.</param>
/// <param name="Ordinates">One a point; null for none.</param>
/// <param name="Tips">What each point is, in words.</param>
/// <param name="Groups">The group that each point is of.</param>
/// <param name="Names">Names and colours of the groups.</param>
/// <param name="Panels">A panel for each abscissa.</param>
internal sealed record PointData(
    [property: JsonPropertyName("y")] string Y,
    [property: JsonPropertyName("low")] double Low,
    [property: JsonPropertyName("high")] double High,
    [property: JsonPropertyName("mayLogY")] bool MayLogY,
    [property: JsonPropertyName("ys")] IReadOnlyList<double?> Ordinates,
    [property: JsonPropertyName("tips")] IReadOnlyList<string> Tips,
    [property: JsonPropertyName("groups")] IReadOnlyList<int> Groups,
    [property: JsonPropertyName("names")] IReadOnlyList<PointGroup> Names,
    [property: JsonPropertyName("panels")] IReadOnlyList<PointPanel> Panels);
