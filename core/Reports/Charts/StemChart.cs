using ScottPlot;

namespace MusicPipeline.Reports.Charts;

/// <summary>A stem a row, from the lower end to its height, in the look of its group.</summary>
/// <param name="Title">Title.</param>
/// <param name="Subtitle">Line below the title.</param>
/// <param name="X">Places 1, 2, 3 ...</param>
/// <param name="Y">Heights.</param>
/// <param name="Stems">Height and group of each.</param>
/// <param name="Groups">Names of the groups, with their looks.</param>
internal sealed record StemChart(
    string Title,
    string Subtitle,
    ChartAxis X,
    ChartAxis Y,
    IReadOnlyList<(double Height, int Group)> Stems,
    IReadOnlyList<(string Name, SeriesLook Look)> Groups)
{
    /// <summary>The same for a page.</summary>
    /// <param name="tips">What each stem is, in words.</param>
    public PointData ToData(IReadOnlyList<string> tips) => new(
        Y.Label, Y.Min, Y.Max, MayLogY: true,
        [.. Stems.Select(stem => (double?)stem.Height)],
        tips,
        [.. Stems.Select(stem => stem.Group)],
        [.. Groups.Select(group => new PointGroup(group.Name, group.Look.Color.ToHex()))],
        [new PointPanel(X.Label, LogX: false, [.. Enumerable.Range(1, Stems.Count).Select(place => (double)place)], null)]);

    public byte[] ToPng()
    {
        using var frame = new ChartFrame(Title, Subtitle, new PixelPadding(112, 230, 84, 100));
        frame.Use(X, Y);
        return frame.ToPng(pen =>
        {
            var thickness = Math.Clamp(frame.DataArea.Width / Math.Max(1, Stems.Count) * 0.6f, 1, 9);
            var marker = Stems.Count <= 150 ? 9 : 0;
            for (var i = 0; i < Stems.Count; i++)
            {
                var at = frame.Plot.GetPixel(new Coordinates(i + 1, Y.Position(Stems[i].Height)));
                var look = Groups[Stems[i].Group].Look;
                pen.Line(at.X, frame.DataArea.Bottom, at.X, at.Y, look.Color.WithAlpha(marker > 0 ? 0.45 : 0.9), thickness);
                if (marker > 0) pen.Marker(at.X, at.Y, look.Marker, marker, look.Color);
            }

            var x = frame.DataArea.Right + 30;
            for (var i = 0; i < Groups.Count; i++)
            {
                var y = frame.DataArea.Top + 20 + (i * 30);
                pen.Line(x, y, x + 24, y, Groups[i].Look.Color, 8);
                pen.Marker(x + 12, y, Groups[i].Look.Marker, 11, Groups[i].Look.Color);
                pen.Text(Groups[i].Name, x + 34, y, ChartStyle.TickSize);
            }
        });
    }
}
