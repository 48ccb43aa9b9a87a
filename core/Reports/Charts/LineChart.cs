using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>Lines over one abscissa, each named at its end, in the right margin, where no label covers data.</summary>
internal sealed record LineChart(string Title, string Subtitle, ChartAxis X, ChartAxis Y, IReadOnlyList<Series> Series)
{
    private const float Top = 100;
    private const float SampleWidth = 44;
    private const float LeaderWidth = 26;
    private const float LabelGap = 25;
    private const float WidestLabel = 330;

    /// <summary>Heading over the lines' names.</summary>
    public string Heading { get; init; } = "";

    /// <summary>A last, quiet line in the margin, such as what the grey lines are.</summary>
    public string Footnote { get; init; } = "";

    /// <summary>The chart as a picture and as data.</summary>
    public Chart ToChart(string fileName, string description) => new(fileName, Title, description, ToPng())
    {
        Data = new ChartData(
            WithoutScale(X.Label), WithoutScale(Y.Label), X.IsLogarithmic, Y.IsLogarithmic, Heading, [.. Series.Select(ChartLine.Of)]),
    };

    public byte[] ToPng()
    {
        using var frame = new ChartFrame(Title, Subtitle, new PixelPadding(112, RightMargin(), 84, Top));
        frame.Use(X, Y);
        for (var i = 0; i < Series.Count; i++) Add(frame.Plot, Series[i], i);
        return frame.ToPng(pen =>
        {
            foreach (var series in Series) Annotate(frame.Plot, series, pen);
            NameLines(frame, pen);
        });
    }

    private static string WithoutScale(string label) =>
        label.Replace(", log scale", "", StringComparison.Ordinal).Replace(" (log scale)", "", StringComparison.Ordinal);

    private float RightMargin()
    {
        using var surface = SkiaSharp.SKSurface.Create(new SkiaSharp.SKImageInfo(1, 1));
        using var pen = new ChartPen(surface.Canvas);
        var widest = Series.Select(s => pen.Measure(s.Label, ChartStyle.TickSize)).DefaultIfEmpty(0).Max();
        widest = Math.Max(widest, pen.Measure(Heading, ChartStyle.TickSize, bold: true) - SampleWidth);
        widest = Math.Max(widest, pen.Measure(Footnote, ChartStyle.NoteSize) - SampleWidth);
        return LeaderWidth + SampleWidth + 10 + Math.Min(widest, WidestLabel) + 22;
    }

    private void Add(Plot plot, Series series, int index)
    {
        var (xs, ys) = Drawable(series);
        if (xs.Length == 0) return;

        var background = series.Label.Length == 0;
        var line = plot.Add.ScatterLine(xs, ys, series.Look.Color);
        line.LineWidth = background ? 1.2f : ChartStyle.LineWidth;
        line.LinePattern = series.Look.Pattern;
        if (background) return;

        // A few markers along the line, at other epochs than the neighbours', and always one on a lone point.
        var stride = series.EveryMarker ? 1 : Math.Max(1, (int)Math.Ceiling(xs.Length / 12.0));
        var offset = index % stride;
        for (var i = offset; i < xs.Length; i += stride) AddMarker(plot, xs[i], ys[i], series.Look);
    }

    private static void AddMarker(Plot plot, double x, double y, SeriesLook look)
    {
        var marker = plot.Add.Marker(x, y, look.Marker, ChartStyle.MarkerSize, look.Color);
        marker.MarkerStyle.LineWidth = 2;
    }

    private void Annotate(Plot plot, Series series, ChartPen pen)
    {
        var (xs, ys) = Drawable(series);
        if (xs.Length == 0) return;

        if (series.Diverged)
        {
            var end = plot.GetPixel(new Coordinates(xs[^1], ys[^1]));
            pen.Marker(end.X, Math.Max(end.Y, Top + 12), MarkerShape.Eks, 20, series.Look.Color, lineWidth: 4);
        }

        for (var i = 0; i < series.X.Length; i++)
        {
            if (double.IsNaN(X.Position(series.X[i])) || double.IsNaN(Y.Position(series.Y[i]))) continue;
            var at = plot.GetPixel(new Coordinates(X.Position(series.X[i]), Y.Position(series.Y[i])));
            if (series.Bars is { } bars && bars[i] > 0) DrawBar(plot, series, i, at.X, bars[i], pen);
            if (i == series.Ringed) pen.Marker(at.X, at.Y, MarkerShape.OpenCircle, 24, ChartStyle.Text, lineWidth: 2.4f);
            if (series.PointLabels?[i] is { Length: > 0 } text) LabelPoint(plot, series, i, at, text, pen);
        }
    }

    private void DrawBar(Plot plot, Series series, int i, float x, double half, ChartPen pen)
    {
        const float cap = 6;
        var high = plot.GetPixel(new Coordinates(0, Math.Min(Y.Max, series.Y[i] + half))).Y;
        var low = plot.GetPixel(new Coordinates(0, Math.Max(Y.Min, series.Y[i] - half))).Y;
        pen.Line(x, high, x, low, series.Look.Color, 1.8f);
        foreach (var end in (float[])[high, low]) pen.Line(x - cap, end, x + cap, end, series.Look.Color, 1.8f);
    }

    /// <summary>Writes below a point, on the side where the line does not come up or go down.</summary>
    private void LabelPoint(Plot plot, Series series, int i, Pixel at, string text, ChartPen pen)
    {
        const float steep = 24;
        bool Below(int j) => j >= 0 && j < series.Y.Length && !double.IsNaN(Y.Position(series.Y[j])) &&
            plot.GetPixel(new Coordinates(0, Y.Position(series.Y[j]))).Y - at.Y > steep;
        var (x, alignment) = (Below(i - 1), Below(i + 1)) switch
        {
            (true, false) => (at.X + 6, Alignment.MiddleLeft),
            (false, true) => (at.X - 6, Alignment.MiddleRight),
            _ => (at.X, Alignment.MiddleCenter),
        };
        pen.Text(text, x, at.Y + (i == series.Ringed ? 26 : 20), ChartStyle.NoteSize, alignment: alignment, halo: true);
    }

    private void NameLines(ChartFrame frame, ChartPen pen)
    {
        var area = frame.DataArea;
        var named = Series.Where(s => s.Label.Length > 0).ToArray();
        var ends = named.Select(s => EndOf(frame, s)).ToArray();
        var bottom = area.Bottom - (Footnote.Length > 0 ? LabelGap : 0);
        var places = LabelSpacing.Spread([.. ends.Select(e => (double)e.Y)], LabelGap, area.Top + 16, bottom);
        var sampleX = area.Right + LeaderWidth;
        var textX = sampleX + SampleWidth + 8;

        var first = (float)places.DefaultIfEmpty(area.Top).Min();
        pen.Text(Heading, sampleX, first - LabelGap - 4, ChartStyle.TickSize, bold: true);
        for (var i = 0; i < named.Length; i++)
        {
            var look = named[i].Look;
            var y = (float)places[i];
            if (ends[i].Reaches) pen.Line(ends[i].X + 9, ends[i].Y, sampleX - 5, y, look.Color.WithAlpha(0.55), 1.2f);
            pen.Line(sampleX, y, sampleX + SampleWidth, y, look.Color, ChartStyle.LineWidth, look.Pattern);
            pen.Marker(sampleX + (SampleWidth / 2), y, look.Marker, ChartStyle.MarkerSize, look.Color);
            pen.Text(pen.Fit(named[i].Label, ChartStyle.TickSize, WidestLabel), textX, y, ChartStyle.TickSize);
        }

        pen.Text(Footnote, sampleX, area.Bottom - 4, ChartStyle.NoteSize, color: ChartStyle.QuietText);
    }

    /// <summary>Pixel of a line's last point, and whether that lies near the right end of the axis.</summary>
    private (float X, float Y, bool Reaches) EndOf(ChartFrame frame, Series series)
    {
        var (xs, ys) = Drawable(series);
        if (xs.Length == 0) return (frame.DataArea.Right, series.Diverged ? frame.DataArea.Top : frame.DataArea.Bottom, false);
        var end = frame.Plot.GetPixel(new Coordinates(xs[^1], ys[^1]));
        return (end.X, end.Y, !series.Diverged && end.X > frame.DataArea.Right - (frame.DataArea.Width * 0.06));
    }

    private (double[] X, double[] Y) Drawable(Series series)
    {
        var points = series.X.Zip(series.Y, (x, y) => (X: X.Position(x), Y: Y.Position(y)))
            .Where(p => !double.IsNaN(p.X) && !double.IsNaN(p.Y))
            .ToArray();
        return ([.. points.Select(p => p.X)], [.. points.Select(p => p.Y)]);
    }
}
