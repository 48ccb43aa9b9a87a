using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>The scale of a heatmap's colours, drawn beside the data area.</summary>
internal static class ColourBar
{
    private const float Gap = 18;
    private const float Width = 24;
    private const float TickLength = 7;

    public static void Draw(ChartPen pen, PixelRect area, IColormap colours, ScottPlot.Range range, string label)
    {
        var (left, right) = (area.Right + Gap, area.Right + Gap + Width);
        for (var y = area.Top; y < area.Bottom; y++)
            pen.Line(left, y + 0.5f, right, y + 0.5f, colours.GetColor((area.Bottom - y) / area.Height), 1.5f);

        var ticks = ChartTicks.Linear(range.Min, range.Max);
        ticks.Regenerate(new CoordinateRange(range.Min, range.Max), Edge.Right, area.Height, pen.Paint, new LabelStyle());
        foreach (var tick in ticks.Ticks)
        {
            var y = area.Bottom - (float)((tick.Position - range.Min) / (range.Max - range.Min) * area.Height);
            pen.Line(right, y, right + TickLength, y, ChartStyle.AxisLine, 1.5f);
            pen.Text(tick.Label, right + TickLength + 5, y, ChartStyle.TickSize);
        }

        pen.Text(label, right + 74, area.VerticalCenter, ChartStyle.LabelSize, alignment: Alignment.MiddleCenter, rotation: -90);
    }
}
