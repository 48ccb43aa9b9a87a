namespace MusicPipeline.Local.Bench;

/// <summary>One measured figure.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The median, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Goal">What it should be, in words; null where there is no goal.</param>
/// <param name="Note">What the figure stands on: runs, rates, comparisons.</param>
internal sealed record BenchFigure(string Name, double Value, string Unit, string? Goal = null, string? Note = null);
