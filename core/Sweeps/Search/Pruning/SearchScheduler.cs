using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>Decides, from the board alone, what a sweep does with a worker that has nothing to do.</summary>
/// <remarks>
/// The runner's part: when a trial comes back, call <see cref="TrialBoard.Return"/>, and where it is preempted and
/// <see cref="Pruner.IsPruned"/> says so, <see cref="TrialBoard.Prune"/>. Then for each free worker ask
/// <see cref="Next"/>, call <see cref="TrialBoard.Start"/> for what it names, and train that trial up to
/// <see cref="NextStop"/>. The same events in the same order give the same moves, so the runner may be replayed.
/// </remarks>
public static class SearchScheduler
{
    /// <summary>The next move.</summary>
    /// <param name="board">The trials.</param>
    /// <param name="pruner">The rule.</param>
    /// <param name="more">Whether there is a new trial to start: a waiting one, or one that the sampler would propose.</param>
    public static SearchMove Next(TrialBoard board, Pruner pruner, bool more)
    {
        if (pruner.Promote(board) is { } promoted) return new SearchMove(SearchMoveKind.Resume, promoted);
        if (more) return new SearchMove(SearchMoveKind.Start);
        if (board.CountOf(TrialState.Running) > 0) return new SearchMove(SearchMoveKind.Wait);
        // A few trials are too few for a promotion; the best of them is trained to its end all the same.
        return board.CountOf(TrialState.Completed) == 0 && BestPreempted(board) is { } best
            ? new SearchMove(SearchMoveKind.Resume, best)
            : new SearchMove(SearchMoveKind.End);
    }

    /// <summary>Epochs after which a trial comes back next: at its next check, or at its end.</summary>
    /// <param name="board">The trials.</param>
    /// <param name="pruner">The rule.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="epochs">Epochs that it has in all.</param>
    public static int NextStop(TrialBoard board, Pruner pruner, int trial, int epochs)
    {
        var checks = pruner.Checks(epochs);
        var passed = board.Scores(trial).Count;
        return passed < checks.Count ? checks[passed] : epochs;
    }

    /// <summary>The best of the trials that got farthest and are preempted, or null.</summary>
    internal static int? BestPreempted(TrialBoard board)
    {
        for (var check = board.Rungs - 1; check >= 0; check--)
        {
            var rung = board.RungOf(check);
            for (var rank = 0; rank < rung.Count; rank++)
            {
                if (board[rung[rank]] == TrialState.Preempted) return rung[rank];
            }
        }

        return null;
    }
}
