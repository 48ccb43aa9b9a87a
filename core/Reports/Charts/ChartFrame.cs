using ScottPlot;
using SkiaSharp;

namespace MusicPipeline.Reports.Charts;

/// <summary>
/// The page that every chart is drawn on: title and subtitle at the upper left, a plot below, and notes on top.
/// Not for several threads at once, but frames on several threads do not disturb each other.
/// </summary>
internal sealed class ChartFrame : IDisposable
{
    private const float LeftEdge = 26;

    // ScottPlot keeps caches of fonts and settings that are not all made for several threads.
    private static readonly Lock Rendering = new();

    // Lines, letters and cells of one colour compress best as they are: smaller than with filters. Level 3 is zlib's last
    // without lazy matching: the next takes nearly twice as long for a file a tenth smaller.
    private static readonly SKPngEncoderOptions PngOptions = new(SKPngEncoderFilterFlags.None, zLibLevel: 3);

    private readonly string _title;
    private readonly string _subtitle;
    private readonly int _width;
    private readonly int _height;
    private string _xLabel = "";
    private string _yLabel = "";

    public ChartFrame(string title, string subtitle, PixelPadding margin, int width = ChartStyle.Width, int height = ChartStyle.Height)
    {
        (_title, _subtitle, _width, _height) = (title, subtitle, width, height);
        lock (Rendering)
        {
            ChartFont.Use();
            Plot = new Plot();
        }

        Plot.Layout.Fixed(margin);
        Plot.Axes.Top.IsVisible = false;
        Plot.Axes.Right.IsVisible = false;
        Plot.HideLegend();
        Plot.Grid.MajorLineColor = ChartStyle.GridLine;
        Plot.Grid.MajorLineWidth = 1;
        DataArea = new PixelRect(margin.Left, width - margin.Right, height - margin.Bottom, margin.Top);
    }

    public Plot Plot { get; }

    /// <summary>The data rectangle in pixels.</summary>
    public PixelRect DataArea { get; }

    public void Use(ChartAxis x, ChartAxis y)
    {
        (_xLabel, _yLabel) = (x.Label, y.Label);
        Dress(Plot.Axes.Bottom, x.Ticks);
        Dress(Plot.Axes.Left, y.Ticks);
        Plot.Axes.SetLimits(x.Min, x.Max, y.Min, y.Max);
        if (!y.HasMinorGrid) return;
        Plot.Grid.YAxisStyle.MinorLineStyle.Color = ChartStyle.MinorGridLine;
        Plot.Grid.YAxisStyle.MinorLineStyle.Width = 1;
    }

    private static void Dress(IAxis axis, ITickGenerator ticks)
    {
        axis.TickGenerator = ticks;
        axis.TickLabelStyle.FontSize = ChartStyle.TickSize;
        axis.TickLabelStyle.ForeColor = ChartStyle.Text;
        axis.FrameLineStyle.Color = ChartStyle.AxisLine;
        axis.FrameLineStyle.Width = 1.5f;
        axis.MajorTickStyle = new TickMarkStyle { Length = 7, Width = 1.5f, Color = ChartStyle.AxisLine };
        axis.MinorTickStyle = new TickMarkStyle { Length = 4, Width = 1.2f, Color = ChartStyle.AxisLine };
    }

    /// <summary>Renders the plot, then whatever <paramref name="notes"/> draws on top of it.</summary>
    public byte[] ToPng(Action<ChartPen>? notes = null)
    {
        using var surface = SKSurface.Create(new SKImageInfo(_width, _height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        lock (Rendering)
        {
            Plot.Render(surface.Canvas, new PixelRect(0, _width, _height, 0));
            using var pen = new ChartPen(surface.Canvas);
            pen.Text(
                pen.Fit(_title, ChartStyle.TitleSize, _width - (2 * LeftEdge), bold: true), LeftEdge, 34, ChartStyle.TitleSize, bold: true);
            pen.Text(
                pen.Fit(Subtitle(), ChartStyle.SubtitleSize, _width - (2 * LeftEdge)),
                LeftEdge,
                67,
                ChartStyle.SubtitleSize,
                color: ChartStyle.QuietText);
            pen.Text(_xLabel, DataArea.HorizontalCenter, _height - 24, ChartStyle.LabelSize, alignment: Alignment.MiddleCenter);
            pen.Text(
                _yLabel, LeftEdge + 8, DataArea.VerticalCenter, ChartStyle.LabelSize, alignment: Alignment.MiddleCenter, rotation: -90);
            notes?.Invoke(pen);
        }

        using var pixels = surface.PeekPixels()!;
        using var png = pixels.Encode(PngOptions)!;
        return png.ToArray();
    }

    private string Subtitle() => ChartFont.Legible(_title) != _title || ChartFont.Legible(_subtitle) != _subtitle
        ? $"{ChartFont.LeftOut} letters that pictures have no font for  ·  {_subtitle}"
        : _subtitle;

    public void Dispose() => Plot.Dispose();
}
