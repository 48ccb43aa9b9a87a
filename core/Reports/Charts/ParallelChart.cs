using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>Parallel coordinates: an upright axis a quantity, and a line a row through its values.</summary>
/// <param name="Title">Title.</param>
/// <param name="Subtitle">Line below the title.</param>
/// <param name="Axes">Two or more; the last one decides the colours, dark being high.</param>
/// <param name="Rows">rows x axes, the line to be seen best last; NaN where there is no value, which lies at the lower end.</param>
/// <param name="HasBest">Whether the last row stands out.</param>
internal sealed record ParallelChart(
    string Title, string Subtitle, IReadOnlyList<ChartAxis> Axes, IReadOnlyList<double[]> Rows, bool HasBest)
{
    private const float Left = 96;
    private const float Right = 44;
    private const float Top = 146;
    private const float Bottom = 44;

    public byte[] ToPng()
    {
        using var frame = new ChartFrame(Title, Subtitle, new PixelPadding(Left, Right, Bottom, Top));
        frame.Plot.HideAxesAndGrid();
        var places = Axes.Select((_, i) => Left + (i * (ChartStyle.Width - Left - Right) / (Axes.Count - 1))).ToArray();
        var rulers = Axes.Select(axis => new AxisRuler(axis, ChartStyle.Height - Bottom, Top)).ToArray();
        var alpha = Math.Clamp(12.0 / Math.Sqrt(Rows.Count + 1), 0.3, 0.9);
        return frame.ToPng(pen =>
        {
            for (var row = 0; row < Rows.Count; row++)
            {
                if (HasBest && row == Rows.Count - 1) Draw(pen, places, rulers, Rows[row], ChartStyle.Text, 7);
                var isBest = HasBest && row == Rows.Count - 1;
                Draw(pen, places, rulers, Rows[row], ColourOf(Rows[row][^1]).WithAlpha(isBest ? 1 : alpha), isBest ? 4 : 1.8f);
            }

            for (var i = 0; i < Axes.Count; i++)
            {
                rulers[i].DrawLeft(pen, places[i], ChartStyle.NoteSize);
                var (x, alignment) = i == 0
                    ? (26, Alignment.MiddleLeft)
                    : i == Axes.Count - 1 ? (ChartStyle.Width - 26, Alignment.MiddleRight) : (places[i], Alignment.MiddleCenter);
                pen.Text(Axes[i].Label, x, Top - 28, ChartStyle.TickSize, bold: true, alignment: alignment);
            }
        });
    }

    /// <summary>The same for a page: lines over the places of the axes, through shares of their lengths.</summary>
    /// <param name="tips">What each row is, in words.</param>
    /// <param name="spans">What lies on each axis, from its lower to its upper end.</param>
    public ChartData ToData(IReadOnlyList<string> tips, IReadOnlyList<string> spans) => new(
        "", "", LogX: false, LogY: false, "",
        [
            .. Rows.Select((row, i) => new ChartLine(
                HasBest && i == Rows.Count - 1 ? "the best" : "",
                (HasBest && i == Rows.Count - 1 ? ChartStyle.Text : ColourOf(row[^1])).ToHex(),
                null,
                null,
                [.. row.Select((value, axis) => (double?)ShareOf(Axes[axis], value))]) { Tip = tips[i] }),
        ])
    {
        Places = [.. Axes.Select((axis, i) => $"{axis.Label}\n{spans[i]}{(axis.IsLogarithmic ? " (log)" : "")}")],
    };

    private static double ShareOf(ChartAxis axis, double value)
    {
        var share = (axis.Position(value) - axis.Min) / (axis.Max - axis.Min);
        return double.IsFinite(share) ? Math.Round(Math.Clamp(share, 0, 1), 3) : 0;
    }

    private static void Draw(ChartPen pen, float[] places, AxisRuler[] rulers, double[] row, Color colour, float width)
    {
        for (var i = 1; i < places.Length; i++)
            pen.Line(places[i - 1], HeightOf(rulers[i - 1], row[i - 1]), places[i], HeightOf(rulers[i], row[i]), colour, width);
    }

    private static float HeightOf(AxisRuler ruler, double value)
    {
        var y = ruler.Pixel(value);
        return float.IsNaN(y) ? ChartStyle.Height - Bottom : Math.Clamp(y, Top, ChartStyle.Height - Bottom);
    }

    // Short of the yellow end, which white would swallow.
    private Color ColourOf(double value)
    {
        if (double.IsNaN(value)) return ChartStyle.Others;
        var share = (Axes[^1].Position(value) - Axes[^1].Min) / (Axes[^1].Max - Axes[^1].Min);
        return ChartStyle.Ordered.GetColor(0.88 * (1 - Math.Clamp(share, 0, 1)));
    }
}
