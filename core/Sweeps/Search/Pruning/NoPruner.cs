namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>Every trial runs to its end.</summary>
public sealed class NoPruner : IPruner;
