using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>Points over several abscissae, a panel each, on one ordinate.</summary>
/// <param name="Title">Title.</param>
/// <param name="Subtitle">Line below the title.</param>
/// <param name="Y">The common ordinate. What lies below it is drawn at its lower end.</param>
/// <param name="Ordinates">One a point; NaN for a point without one, which is drawn at the lower end too.</param>
/// <param name="Best">Point with a ring, or -1.</param>
/// <param name="Panels">Abscissae of the same points.</param>
internal sealed record PanelChart(
    string Title, string Subtitle, ChartAxis Y, IReadOnlyList<double> Ordinates, int Best, IReadOnlyList<ChartPanel> Panels)
{
    private const float Left = 112;
    private const float Right = 26;
    private const float Top = 104;
    private const float Gap = 36;
    private const float Below = 84;
    private const float PanelHeight = 330;

    private int Columns => Panels.Count <= 3 ? Panels.Count : (Panels.Count + 1) / 2;

    private int Rows => (Panels.Count + Columns - 1) / Columns;

    public byte[] ToPng()
    {
        var height = (int)(Top + (Rows * (PanelHeight + Below)) + 6);
        using var frame = new ChartFrame(Title, Subtitle, new PixelPadding(Left, Right, Below, Top), height: height);
        frame.Plot.HideAxesAndGrid();
        var width = (ChartStyle.Width - Left - Right - ((Columns - 1) * Gap)) / Columns;
        return frame.ToPng(pen =>
        {
            for (var i = 0; i < Panels.Count; i++)
            {
                var (left, top) = (Left + (i % Columns * (width + Gap)), Top + (i / Columns * (PanelHeight + Below)));
                Draw(pen, Panels[i], left, top, width, isFirst: i % Columns == 0);
            }

            for (var row = 0; row < Rows; row++)
                pen.Text(
                    Y.Label,
                    34,
                    Top + (row * (PanelHeight + Below)) + (PanelHeight / 2),
                    ChartStyle.LabelSize,
                    alignment: Alignment.MiddleCenter,
                    rotation: -90);
        });
    }

    /// <summary>The same for a page.</summary>
    /// <param name="tips">What each point is, in words.</param>
    /// <param name="places">For each panel the names of its places, or null.</param>
    public PointData ToData(IReadOnlyList<string> tips, IReadOnlyList<IReadOnlyList<string>?> places) => new(
        Y.Label, Y.Min, Y.Max, MayLogY: false,
        [.. Ordinates.Select(y => double.IsFinite(y) ? y : (double?)null)],
        tips,
        [.. Ordinates.Select((y, i) => i == Best ? 2 : double.IsNaN(y) ? 1 : 0)],
        [
            new("full run", ChartStyle.Category(0).Color.ToHex()), new("no full run", ChartStyle.Category(1).Color.ToHex()),
            new("the best", ChartStyle.Text.ToHex()),
        ],
        [
            .. Panels.Select((panel, i) => new PointPanel(
                panel.X.Label, panel.X.IsLogarithmic, panel.Abscissae, places[i])),
        ]);

    private void Draw(ChartPen pen, ChartPanel panel, float left, float top, float width, bool isFirst)
    {
        var bottom = top + PanelHeight;
        var (x, y) = (new AxisRuler(panel.X, left, left + width), new AxisRuler(Y, bottom, top));
        y.DrawLeft(pen, left, ChartStyle.TickSize, width, labels: isFirst);
        x.DrawBelow(pen, bottom, ChartStyle.NoteSize);
        pen.Text(panel.X.Label, left + (width / 2), bottom + 52, ChartStyle.TickSize, alignment: Alignment.MiddleCenter);
        var alpha = Math.Clamp(60.0 / Math.Sqrt(Ordinates.Count + 1), 0.25, 0.8);
        for (var i = 0; i < Ordinates.Count; i++)
        {
            var at = x.Pixel(panel.Abscissae[i]);
            if (float.IsNaN(at) || i == Best) continue;
            if (double.IsNaN(Ordinates[i])) pen.Marker(at, bottom - 8, MarkerShape.Eks, 11, ChartStyle.Category(1).Color.WithAlpha(alpha));
            else if (Ordinates[i] < Y.Min)
                pen.Marker(at, bottom - 8, MarkerShape.FilledTriangleDown, 10, ChartStyle.QuietText.WithAlpha(alpha));
            else pen.Marker(at, y.Pixel(Ordinates[i]), MarkerShape.FilledCircle, 9, ChartStyle.Category(0).Color.WithAlpha(alpha));
        }

        if (Best < 0) return;
        var (bestX, bestY) = (x.Pixel(panel.Abscissae[Best]), y.Pixel(Ordinates[Best]));
        pen.Marker(bestX, bestY, MarkerShape.FilledCircle, 10, ChartStyle.Category(0).Color);
        pen.Marker(bestX, bestY, MarkerShape.OpenCircle, 24, ChartStyle.Text, lineWidth: 2.4f);
    }
}
