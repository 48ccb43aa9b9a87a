namespace MusicPipeline.Reports.Charts;

/// <summary>One line of a <see cref="LineChart"/>.</summary>
/// <param name="Label">Written at its end; empty for a line in the background.</param>
/// <param name="X">Abscissae, ascending.</param>
/// <param name="Y">Ordinates, as long as <paramref name="X"/>; what cannot be drawn (NaN, infinite, 0 on a log axis) is left out.</param>
/// <param name="Look">Colour, dashes and marker.</param>
internal sealed record Series(string Label, double[] X, double[] Y, SeriesLook Look)
{
    /// <summary>The line ends in a cross: the trial diverged there.</summary>
    public bool Diverged { get; init; }

    /// <summary>Text beside each point, or null.</summary>
    public string[]? PointLabels { get; init; }

    /// <summary>Half the length of the bar through each point, or null; NaN for none.</summary>
    public double[]? Bars { get; init; }

    /// <summary>Point with a ring around it, or -1.</summary>
    public int Ringed { get; init; } = -1;

    /// <summary>Every point has a marker, instead of a few along the line.</summary>
    public bool EveryMarker { get; init; }
}
