using ScottPlot;
using SkiaSharp;

namespace MusicPipeline.Reports.Charts;

/// <summary>Draws text, lines and markers at pixels, with the charts' font.</summary>
internal sealed class ChartPen(SKCanvas canvas) : IDisposable
{
    /// <summary>The paint that everything is drawn with.</summary>
    public Paint Paint { get; } = Paint.NewDisposablePaint();

    /// <summary>Writes one line of text; <paramref name="y"/> is its middle.</summary>
    public void Text(
        string text,
        float x,
        float y,
        float size,
        bool bold = false,
        Color? color = null,
        Alignment alignment = Alignment.MiddleLeft,
        bool halo = false,
        float rotation = 0)
    {
        var label = Label(size, bold);
        label.Alignment = alignment;
        label.Rotation = rotation;
        label.ForeColor = color ?? ChartStyle.Text;
        if (halo)
        {
            label.BackgroundColor = Colors.White.WithAlpha(0.75);
            label.Padding = 1;
        }

        label.Render(canvas, new Pixel(x, y), Paint, ChartFont.Legible(text));
    }

    /// <summary>The width of a line of text, in pixels.</summary>
    public float Measure(string text, float size, bool bold = false) => Label(size, bold).Measure(ChartFont.Legible(text), Paint).Width;

    /// <summary>The text on one line, cut with an ellipsis where it is wider than <paramref name="width"/> pixels.</summary>
    public string Fit(string text, float size, float width, bool bold = false)
    {
        var line = ChartFont.Legible(string.Concat(text.Take(400).Select(c => char.IsControl(c) ? ' ' : c)));
        if (Measure(line, size, bold) <= width) return line;
        var length = line.Length;
        while (length > 1 && Measure(line[..length] + "…", size, bold) > width) length--;
        if (char.IsHighSurrogate(line[length - 1])) length--;
        return line[..length].TrimEnd() + "…";
    }

    public void Line(float x1, float y1, float x2, float y2, Color color, float width = 1, LinePattern? pattern = null)
    {
        var style = new LineStyle { Color = color, Width = width, Pattern = pattern ?? LinePattern.Solid, AntiAlias = true };
        Drawing.DrawLine(canvas, Paint, new PixelLine(x1, y1, x2, y2), style);
    }

    public void Marker(float x, float y, MarkerShape shape, float size, Color color, float lineWidth = 2) =>
        Drawing.DrawMarker(canvas, Paint, new Pixel(x, y), new MarkerStyle
        {
            Shape = shape, Size = size, FillColor = color, LineColor = color, LineWidth = lineWidth,
        });

    public void Frame(PixelRect rect, Color color, float width) =>
        Drawing.DrawRectangle(canvas, rect, Paint, new LineStyle { Color = color, Width = width });

    public void Dispose() => Paint.Dispose();

    private static LabelStyle Label(float size, bool bold) =>
        new() { FontName = ChartFont.Use(), FontSize = size, Bold = bold, BorderWidth = 0 };
}
