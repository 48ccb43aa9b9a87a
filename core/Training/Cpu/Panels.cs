namespace MusicPipeline.Training.Cpu;

/// <summary>
/// How the hidden units are cut into panels of 4, 2 or 1 vectors. A matrix (rows x hidden) is stored panel after
/// panel, so that panel p starts at <c>rows * Start</c> and its rows are <c>Width</c> floats apart.
/// </summary>
internal sealed class Panels
{
    private const int GroupSize = 4;

    public Panels(int units, int lanes, int widest)
    {
        var vectors = (units + lanes - 1) / lanes;
        Units = units;
        PaddedUnits = vectors * lanes;
        var panels = new List<Panel>();
        for (int done = 0, width = widest; done < vectors; done += width)
        {
            while (width > vectors - done) width /= 2;
            panels.Add(new(done * lanes, width, width * lanes));
        }

        All = [.. panels];
        Groups = Group(All);
    }

    public int Units { get; }

    /// <summary>Units rounded up to whole vectors.</summary>
    public int PaddedUnits { get; }

    public Panel[] All { get; }

    /// <summary>Runs of up to four panels of one width, which cover <see cref="All"/>.</summary>
    public PanelGroup[] Groups { get; }

    /// <summary>Copies a row-major matrix (rows x units) into panels that have room for <paramref name="panelRows"/> rows.</summary>
    public void Pack(ReadOnlySpan<float> matrix, int rows, int panelRows, Span<float> packed)
    {
        foreach (var panel in All)
        {
            var width = Math.Min(panel.Width, Units - panel.Start);
            for (var row = 0; row < rows; row++)
            {
                matrix.Slice((row * Units) + panel.Start, width)
                    .CopyTo(packed.Slice((panelRows * panel.Start) + (row * panel.Width), width));
            }
        }
    }

    /// <summary>The reverse of <see cref="Pack"/>.</summary>
    public void Unpack(ReadOnlySpan<float> packed, int panelRows, int rows, Span<float> matrix)
    {
        foreach (var panel in All)
        {
            var width = Math.Min(panel.Width, Units - panel.Start);
            for (var row = 0; row < rows; row++)
            {
                packed.Slice((panelRows * panel.Start) + (row * panel.Width), width)
                    .CopyTo(matrix.Slice((row * Units) + panel.Start, width));
            }
        }
    }

    private static PanelGroup[] Group(Panel[] panels)
    {
        var groups = new List<PanelGroup>();
        for (int first = 0, count; first < panels.Length; first += count)
        {
            count = 1;
            while (count < GroupSize && first + count < panels.Length && panels[first + count].Width == panels[first].Width) count++;
            groups.Add(new PanelGroup(first, count));
        }

        return [.. groups];
    }
}
