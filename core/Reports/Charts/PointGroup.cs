using System.Text.Json.Serialization;

namespace MusicPipeline.Reports.Charts;

/// <summary>Points of one kind in a <see cref="PointData"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Colour">As in CSS.</param>
internal sealed record PointGroup(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("colour")] string Colour);
