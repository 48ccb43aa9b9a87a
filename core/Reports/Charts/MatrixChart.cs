using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>A square table of counts, true classes down and predicted ones across, shaded by the share of the row.</summary>
/// <param name="Title">Title.</param>
/// <param name="Subtitle">Line below the title.</param>
/// <param name="Names">Name of each row and column.</param>
/// <param name="Counts">rows x columns.</param>
internal sealed record MatrixChart(string Title, string Subtitle, IReadOnlyList<string> Names, int[][] Counts)
{
    private const float Left = 150;
    private const float Top = 132;
    private const float Bottom = 70;
    private const float Right = 190;
    private const int Height = 900;

    // Shares below this are too many to write and too pale to see.
    private const double Faint = 0.0005;

    public byte[] ToPng()
    {
        var side = Math.Min(ChartStyle.Width - Left - Right, Height - Top - Bottom);
        using var frame = new ChartFrame(
            Title, Subtitle, new PixelPadding(Left, ChartStyle.Width - Left - side, Bottom, Top), height: Height);
        frame.Plot.HideAxesAndGrid();
        var cell = side / Names.Count;
        return frame.ToPng(pen =>
        {
            for (var row = 0; row < Names.Count; row++)
            {
                var rows = Math.Max(1, Counts[row].Sum());
                for (var column = 0; column < Names.Count; column++)
                    Draw(
                        pen,
                        Left + (column * cell),
                        Top + (row * cell),
                        cell,
                        Counts[row][column],
                        (double)Counts[row][column] / rows,
                        row == column);
            }

            pen.Frame(new PixelRect(Left, Left + side, Top + side, Top), ChartStyle.AxisLine, 1.5f);
            Name(pen, cell);
            pen.Text("Predicted class", Left + (side / 2), Top + side + 44, ChartStyle.LabelSize, alignment: Alignment.MiddleCenter);
            pen.Text("True class", 40, Top + (side / 2), ChartStyle.LabelSize, alignment: Alignment.MiddleCenter, rotation: -90);
            var x = Left + side + 30;
            pen.Text("Blue: right", x, Top + 12, ChartStyle.TickSize, color: ChartStyle.Category(0).Color);
            pen.Text("Orange: wrong", x, Top + 40, ChartStyle.TickSize, color: ChartStyle.Category(1).Color);
            pen.Text("Darker: a larger", x, Top + 72, ChartStyle.NoteSize, color: ChartStyle.QuietText);
            pen.Text("share of the class", x, Top + 94, ChartStyle.NoteSize, color: ChartStyle.QuietText);
        });
    }

    /// <summary>The same for a page; null where there are too many classes to point at.</summary>
    public ChartTable? ToTable() => Names.Count > ChartTable.Most ? null : new ChartTable(
        "True class",
        "Predicted class",
        Names,
        Names,
        [.. Counts.Select((row, i) => (IReadOnlyList<ChartCell>)[.. row.Select((_, j) => Cell(i, j))])]);

    private ChartCell Cell(int row, int column)
    {
        var (count, rows) = (Counts[row][column], Math.Max(1, Counts[row].Sum()));
        if (count == 0) return new ChartCell("");
        var share = (double)count / rows;
        var depth = Depth(share, row == column);
        var what = row == column ? $"of class {Names[row]} found" : $"of class {Names[row]} taken for {Names[column]}";
        var ground = Ground(row == column).WithAlpha(Math.Clamp(depth, 0.06, 1));
        return new ChartCell(
            count.ToString("N0"),
            $"{count:N0} of {rows:N0} {(rows == 1 ? "row" : "rows")} {what} ({share * 100:0.0}%)",
            ground.ToHex(),
            ChartStyle.WantsLightText(ground));
    }

    private static Color Ground(bool isRight) => ChartStyle.Category(isRight ? 0 : 1).Color;

    // A few rows of a class taken for another are what the reader looks for, so wrong shares darken faster.
    private static double Depth(double share, bool isRight) => isRight ? share : Math.Min(1, 0.12 + (6 * share));

    private static void Draw(ChartPen pen, float left, float top, float cell, int count, double share, bool isRight)
    {
        if (share >= Faint)
        {
            var depth = Depth(share, isRight);
            var colour = Ground(isRight).WithAlpha(Math.Clamp(depth, 0.06, 1));
            pen.Line(left, top + (cell / 2), left + cell, top + (cell / 2), colour, cell);
            var text = count.ToString("N0");
            if (cell >= pen.Measure(text, ChartStyle.NoteSize) + 6)
            {
                var ink = depth > 0.55 ? Colors.White : ChartStyle.Text;
                pen.Text(text, left + (cell / 2), top + (cell / 2), ChartStyle.NoteSize, color: ink, alignment: Alignment.MiddleCenter);
            }
        }

        if (cell >= 12) pen.Frame(new PixelRect(left, left + cell, top + cell, top), ChartStyle.GridLine, 1);
    }

    private void Name(ChartPen pen, float cell)
    {
        var widest = Names.Max(name => pen.Measure(name, ChartStyle.TickSize));
        var across = Math.Max(1, (int)Math.Ceiling((widest + 8) / cell));
        var down = Math.Max(1, (int)Math.Ceiling(22 / cell));
        for (var i = 0; i < Names.Count; i++)
        {
            if (i % down == 0)
                pen.Text(Names[i], Left - 10, Top + ((i + 0.5f) * cell), ChartStyle.TickSize, alignment: Alignment.MiddleRight);
            if (i % across == 0)
                pen.Text(
                    Names[i],
                    Left + ((i + 0.5f) * cell),
                    Top + (Names.Count * cell) + 18,
                    ChartStyle.TickSize,
                    alignment: Alignment.MiddleCenter);
        }
    }
}
