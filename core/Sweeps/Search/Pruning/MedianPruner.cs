namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// The median rule (D. Golovin et al., Google Vizier, 2017) as Optuna has it: at a check a trial is given up where the
/// best of its scores so far is below the median of the scores that completed trials had at the same check.
/// </summary>
/// <param name="startupTrials">Completed trials from which on anything is pruned, 1 or more.</param>
/// <param name="warmupEpochs">Epochs at the start in which no trial is checked, 0 or more.</param>
/// <param name="interval">Epochs from a check to the next, 1 or more.</param>
public sealed class MedianPruner(int startupTrials, int warmupEpochs, int interval) : IPruner
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Checks(int epochs)
    {
        var checks = new List<int>();
        for (long epoch = (long)warmupEpochs + interval; epoch < epochs; epoch += interval) checks.Add((int)epoch);
        return checks;
    }

    /// <inheritdoc/>
    public bool IsPruned(TrialBoard board, int trial)
    {
        if (board.CountOf(TrialStage.Completed) < startupTrials) return false;
        var own = board.Scores(trial);
        // The rung is sorted, so what is left of it is too.
        var rung = board.RungOf(own.Count - 1);
        var others = Enumerable.Range(0, rung.Count).Select(rank => rung[rank])
            .Where(other => board[other] == TrialStage.Completed)
            .Select(other => board.Scores(other)[own.Count - 1])
            .ToArray();
        if (others.Length == 0) return false;
        var median = (others[(others.Length - 1) / 2] + (double)others[others.Length / 2]) / 2;
        return own.Max() < median;
    }
}
