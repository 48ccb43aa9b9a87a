using ScottPlot;
using SkiaSharp;

namespace MusicPipeline.Reports.Charts;

/// <summary>Gives ScottPlot the two faces of the font that the assembly carries, whatever the machine has installed.</summary>
internal sealed class EmbeddedFontResolver : IFontResolver
{
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, bold: weight > FontWeight.Medium, italic: false);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic)
    {
        if (!string.Equals(fontName, ChartFont.Family, StringComparison.Ordinal)) return null;

        var name = bold ? "OpenSans-Semibold.ttf" : "OpenSans-Regular.ttf";
        using var file = ChartResources.Open(name);
        using var data = SKData.Create(file);
        return SKTypeface.FromData(data) ?? throw new InvalidDataException($"The embedded font {name} cannot be read.");
    }
}
