namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>Ends a trial whose score is below a bound after any epoch beyond its warm-up.</summary>
/// <param name="lowest">The bound; a score that equals it is good enough.</param>
/// <param name="warmupEpochs">Epochs at the start that are not looked at, 0 or more.</param>
public sealed class ThresholdPruner(double lowest, int warmupEpochs) : IPruner
{
    /// <inheritdoc/>
    public bool Stops(IReadOnlyList<double> scores) => scores.Count > warmupEpochs && scores[^1] < lowest;
}
