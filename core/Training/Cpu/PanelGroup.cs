namespace MusicPipeline.Training.Cpu;

/// <summary>Neighbouring panels of one width that are projected on the outputs together, which saves traffic of partial sums.</summary>
/// <param name="First">Index of the first panel.</param>
/// <param name="Count">Number of panels.</param>
internal readonly record struct PanelGroup(int First, int Count);
