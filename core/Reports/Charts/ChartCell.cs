namespace MusicPipeline.Reports.Charts;

/// <summary>A cell of a <see cref="ChartTable"/>.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="Title">The same in a sentence, for who points at it; empty for nothing.</param>
/// <param name="Colour">Its ground as in CSS; null for none.</param>
/// <param name="IsDark">Whether the ground is dark, so that the text has to be light.</param>
/// <param name="IsBest">It stands out.</param>
internal sealed record ChartCell(string Text, string Title = "", string? Colour = null, bool IsDark = false, bool IsBest = false);
