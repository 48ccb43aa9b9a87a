namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>Every trial runs to its end.</summary>
public sealed record NoPruner() : Pruner("none", "nothing does")
{
    internal override bool Prunes => false;
}
