using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>Lying bars with a name to their left and a figure to their right, longest first as they are given.</summary>
/// <param name="Title">Title.</param>
/// <param name="Subtitle">Line below the title.</param>
/// <param name="Bars">The bars, from the top.</param>
internal sealed record BarChart(string Title, string Subtitle, IReadOnlyList<ChartBar> Bars)
{
    private const float Top = 104;
    private const float Pitch = 52;
    private const float Thickness = 30;
    private const float FigureWidth = 110;

    public byte[] ToPng()
    {
        var height = (int)(Top + (Bars.Count * Pitch) + 20);
        using var frame = new ChartFrame(Title, Subtitle, new PixelPadding(200, FigureWidth, 20, Top), height: height);
        frame.Plot.HideAxesAndGrid();
        var longest = Math.Max(1e-12, Bars.Max(bar => bar.Length));
        return frame.ToPng(pen =>
        {
            var left = 46 + Bars.Max(bar => pen.Measure(bar.Name, ChartStyle.LabelSize));
            var room = ChartStyle.Width - left - FigureWidth;
            for (var i = 0; i < Bars.Count; i++)
            {
                var y = Top + (i * Pitch) + (Pitch / 2);
                var end = left + (float)(Math.Max(0, Bars[i].Length) / longest * room);
                pen.Text(Bars[i].Name, left - 14, y, ChartStyle.LabelSize, alignment: Alignment.MiddleRight);
                pen.Line(left, y, Math.Max(left + 1, end), y, ChartStyle.Category(0).Color, Thickness);
                pen.Text(Bars[i].Figure, end + 12, y, ChartStyle.TickSize);
            }

            pen.Line(left, Top, left, Top + (Bars.Count * Pitch), ChartStyle.AxisLine, 1.5f);
        });
    }
}
