namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>What a sweep with room for one more trial does.</summary>
/// <param name="Kind">What.</param>
/// <param name="Trial">The paused trial that goes on, for <see cref="SearchMoveKind.Resume"/> alone.</param>
public readonly record struct SearchMove(SearchMoveKind Kind, int Trial = -1);

/// <summary>What a sweep does next.</summary>
public enum SearchMoveKind
{
    /// <summary>Let a paused trial go on to its next check, or to its end.</summary>
    Resume,

    /// <summary>Start a new trial.</summary>
    Start,

    /// <summary>Nothing to start until a running trial comes back.</summary>
    Wait,

    /// <summary>Nothing runs and nothing is left to start: what is paused is pruned.</summary>
    End,
}
