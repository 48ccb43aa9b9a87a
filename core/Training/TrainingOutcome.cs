namespace MusicPipeline.Training;

/// <summary>How a training run ended.</summary>
public enum TrainingOutcome
{
    /// <summary>Every epoch ran.</summary>
    Completed,

    /// <summary>The loss became NaN or infinite; the history holds the epochs up to there.</summary>
    Diverged,

    /// <summary>Whoever ran it ended it before its last epoch; see <see cref="TrainingRun.Continue"/>.</summary>
    Stopped,
}
