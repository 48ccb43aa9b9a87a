namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// Asynchronous successive halving (L. Li et al., A system for massively parallel hyperparameter tuning, 2020,
/// algorithm 2): every trial is paused after <c>r, r f, r f^2, ...</c> epochs, and of those that got so far the best
/// <c>1/f</c> go on, at once or as soon as others make them so. Promotions from the highest rung come first, and before
/// new trials.
/// </summary>
/// <param name="minEpochs">r: epochs before the first check, 1 or more.</param>
/// <param name="factor">f: of so many trials one is promoted, 2 or more.</param>
public sealed class AsynchronousHalving(int minEpochs, int factor) : IPruner
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Checks(int epochs)
    {
        var checks = new List<int>();
        for (long epoch = minEpochs; epoch < epochs; epoch *= factor) checks.Add((int)epoch);
        return checks;
    }

    /// <inheritdoc/>
    public int? Promote(TrialBoard board)
    {
        for (var check = board.Rungs - 1; check >= 0; check--)
        {
            var rung = board.RungOf(check);
            for (var rank = 0; rank < rung.Count / factor; rank++)
            {
                var trial = rung[rank];
                if (board[trial] == TrialStage.Paused && board.Scores(trial).Count == check + 1) return trial;
            }
        }

        return null;
    }
}
