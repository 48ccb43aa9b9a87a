namespace MusicPipeline.Training.Cpu;

/// <summary>A slice of the hidden units.</summary>
/// <param name="Start">First unit.</param>
/// <param name="Vectors">Width in vectors: 1, 2 or 4.</param>
/// <param name="Width">Width in units.</param>
internal readonly record struct Panel(int Start, int Vectors, int Width);
