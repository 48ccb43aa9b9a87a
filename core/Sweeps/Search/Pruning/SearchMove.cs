namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>What a sweep with room for one more trial does.</summary>
/// <param name="Kind">What.</param>
/// <param name="Trial">The paused trial that goes on, for <see cref="SearchMoveKind.Resume"/> alone.</param>
public readonly record struct SearchMove(SearchMoveKind Kind, int Trial = -1);
