using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>Draws an axis with a pen, for charts of several axes, and says where a value lies in pixels.</summary>
internal sealed class AxisRuler(ChartAxis axis, float start, float end)
{
    private const float TickLength = 6;

    /// <summary>Pixel of a value; NaN for what the axis cannot show.</summary>
    public float Pixel(double value) =>
        (float)(start + ((axis.Position(value) - axis.Min) / (axis.Max - axis.Min) * (end - start)));

    /// <summary>Ticks and labels below a horizontal axis, as many as do not touch.</summary>
    public void DrawBelow(ChartPen pen, float y, float size)
    {
        pen.Line(start, y, end, y, ChartStyle.AxisLine, 1.5f);
        var free = float.NegativeInfinity;
        foreach (var (x, tick) in Ticks(pen))
        {
            pen.Line(x, y, x, y + (tick.IsMajor ? TickLength : TickLength / 2), ChartStyle.AxisLine, 1.2f);
            var width = pen.Measure(tick.Label, size);
            if (tick.Label.Length == 0 || x - (width / 2) < free) continue;
            pen.Text(tick.Label, x, y + TickLength + 12, size, alignment: Alignment.MiddleCenter);
            free = x + (width / 2) + 8;
        }
    }

    /// <summary>Ticks and labels left of a vertical axis, with grid lines to its right over <paramref name="grid"/> pixels.</summary>
    public void DrawLeft(ChartPen pen, float x, float size, float grid = 0, bool labels = true)
    {
        pen.Line(x, start, x, end, ChartStyle.AxisLine, 1.5f);
        foreach (var (y, tick) in Ticks(pen))
        {
            if (grid > 0 && tick.IsMajor) pen.Line(x, y, x + grid, y, ChartStyle.GridLine);
            pen.Line(x - (tick.IsMajor ? TickLength : TickLength / 2), y, x, y, ChartStyle.AxisLine, 1.2f);
            if (labels) pen.Text(tick.Label, x - TickLength - 4, y, size, alignment: Alignment.MiddleRight, halo: grid <= 0);
        }
    }

    private IEnumerable<(float Pixel, Tick Tick)> Ticks(ChartPen pen)
    {
        axis.Ticks.Regenerate(new CoordinateRange(axis.Min, axis.Max), Edge.Bottom, Math.Abs(end - start), pen.Paint, new LabelStyle());
        return axis.Ticks.Ticks
            .Where(tick => tick.Position >= axis.Min && tick.Position <= axis.Max)
            .Select(tick => ((float)(start + ((tick.Position - axis.Min) / (axis.Max - axis.Min) * (end - start))), tick));
    }
}
