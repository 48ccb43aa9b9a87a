namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>
/// A rule that ends trials early. Rules are functions of what they are given: the same calls give the same answers.
/// </summary>
/// <remarks>
/// A rule that looks at other trials has checks: a trial is trained up to its next check, comes back as paused, and the
/// board decides. A rule that looks at a trial's own curve is asked after each epoch where the trial is trained.
/// Scores are the sweep's metric, the higher, the better; see <see cref="PruningMetrics.Score"/>.
/// </remarks>
public interface IPruner
{
    /// <summary>Epochs after which a trial of so many epochs comes back: ascending, all below its epochs.</summary>
    /// <remarks>All trials share the beginning of one sequence, whatever their epochs are.</remarks>
    IReadOnlyList<int> Checks(int epochs) => [];

    /// <summary>Whether a trial that has just been paused at a check is given up.</summary>
    bool IsPruned(TrialBoard board, int trial) => false;

    /// <summary>A paused trial that is to go on to its next check, or null.</summary>
    int? Promote(TrialBoard board) => board.FirstPaused();

    /// <summary>Whether a trial ends, by its scores after each epoch so far. Not asked after its last epoch.</summary>
    bool Stops(IReadOnlyList<double> scores) => false;
}
