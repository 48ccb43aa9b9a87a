namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// Early stopping: ends a trial that for some epochs has not become better than its best before by more than a margin
/// (L. Prechelt, Early stopping - but when?, 1998; the parameters are those of Keras' EarlyStopping).
/// </summary>
/// <param name="patience">Epochs without an improvement after which it ends, 1 or more.</param>
/// <param name="margin">What an epoch must beat the best one by, 0 or more, in the units of the score.</param>
public sealed class PatiencePruner(int patience, double margin) : IPruner
{
    /// <inheritdoc/>
    public bool Stops(IReadOnlyList<double> scores)
    {
        if (scores.Count == 0) return false;
        var best = 0;
        for (var epoch = 1; epoch < scores.Count; epoch++)
        {
            if (scores[epoch] > scores[best] + margin) best = epoch;
        }

        return scores.Count - 1 - best >= patience;
    }
}
