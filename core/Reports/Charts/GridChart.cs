using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>A table of values as coloured cells, with the numbers in them where they fit.</summary>
/// <param name="Title">Title.</param>
/// <param name="Subtitle">Line below the title.</param>
/// <param name="X">One place a column.</param>
/// <param name="Y">One place a row, the first at the bottom.</param>
/// <param name="Values">rows x columns; NaN where there is no value.</param>
/// <param name="Notes">rows x columns: what to write in a cell.</param>
/// <param name="Best">Row and column of the cell with a frame around it, or null.</param>
/// <param name="Legend">Label of the colour bar.</param>
internal sealed record GridChart(
    string Title,
    string Subtitle,
    ChartAxis X,
    ChartAxis Y,
    double[,] Values,
    string[,] Notes,
    (int Row, int Column)? Best,
    string Legend)
{
    public byte[] ToPng()
    {
        using var frame = new ChartFrame(Title, Subtitle, new PixelPadding(142, 150, 84, 96));
        frame.Plot.HideGrid();
        frame.Use(X, Y);
        var (rows, columns) = (Values.GetLength(0), Values.GetLength(1));
        var map = frame.Plot.Add.Heatmap(Values);
        map.FlipVertically = true;
        map.Rectangle = new CoordinateRect(-0.5, columns - 0.5, -0.5, rows - 0.5);
        map.Colormap = ChartStyle.Ordered;
        map.NaNCellColor = ChartStyle.GridLine;
        map.ManualRange = ColourRange();

        var (width, height) = (frame.DataArea.Width / columns, frame.DataArea.Height / rows);
        return frame.ToPng(pen =>
        {
            ColourBar.Draw(pen, frame.DataArea, ChartStyle.Ordered, map.ManualRange.Value, Legend);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var middle = frame.Plot.GetPixel(new Coordinates(column, row));
                    if (width >= 66 && height >= 24) Write(pen, middle, row, column, map.ManualRange.Value);
                    if (Best == (row, column))
                        pen.Frame(
                            new PixelRect(middle.X - (width / 2), middle.X + (width / 2), middle.Y + (height / 2), middle.Y - (height / 2)),
                            ChartStyle.Text,
                            4);
                }
            }
        });
    }

    /// <summary>The same for a page; null where there are too many cells to point at.</summary>
    /// <param name="rows">Names of the rows, the first one at the bottom.</param>
    /// <param name="columns">Names of the columns.</param>
    public ChartTable? ToTable(IReadOnlyList<string> rows, IReadOnlyList<string> columns)
    {
        if (rows.Count > ChartTable.Most || columns.Count > ChartTable.Most) return null;
        var range = ColourRange();
        return new ChartTable(
            Y.Label, X.Label, [.. rows.Reverse()], columns,
            [.. Enumerable.Range(0, rows.Count)
                .Reverse()
                .Select(row => (IReadOnlyList<ChartCell>)[.. columns.Select((_, column) => Cell(row, column))])]);

        ChartCell Cell(int row, int column)
        {
            var value = Values[row, column];
            var share = range.Normalize(value, clamp: true);
            var title = Notes[row, column].Length == 0
                ? ""
                : $"{Y.Label} {rows[row]}, {X.Label.ToLowerInvariant()} {columns[column]}: {Notes[row, column]}";
            if (double.IsNaN(value)) return new ChartCell(Notes[row, column], title, IsBest: Best == (row, column));
            var ground = ChartStyle.Ordered.GetColor(share);
            return new ChartCell(Notes[row, column], title, ground.ToHex(), ChartStyle.WantsLightText(ground), Best == (row, column));
        }
    }

    private void Write(ChartPen pen, Pixel middle, int row, int column, ScottPlot.Range range)
    {
        var dark = range.Normalize(Values[row, column], clamp: true) < 0.6;
        var color = double.IsNaN(Values[row, column]) || !dark ? ChartStyle.Text : Colors.White;
        pen.Text(Notes[row, column], middle.X, middle.Y, ChartStyle.NoteSize, Best == (row, column), color, Alignment.MiddleCenter);
    }

    /// <summary>
    /// From the best value down to three times its distance from the median, so that one failure does not flatten the rest.
    /// </summary>
    private ScottPlot.Range ColourRange()
    {
        var values = Values.Cast<double>().Where(double.IsFinite).Order().ToArray();
        if (values.Length == 0) return new ScottPlot.Range(0, 1);
        var best = values[^1];
        var spread = 3 * (best - values[values.Length / 2]);
        var low = spread > 0 ? Math.Max(values[0], best - spread) : values[0];
        return best > low ? new ScottPlot.Range(low, best) : new ScottPlot.Range(low - 0.5, best + 0.5);
    }
}
