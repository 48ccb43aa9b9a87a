namespace MusicPipeline.Sweeps.Search.Pruning;

/// <summary>Where a trial stands while others decide about it.</summary>
public enum TrialStage
{
    /// <summary>Not started.</summary>
    Waiting,

    /// <summary>Being trained up to its next check, or to its end.</summary>
    Running,

    /// <summary>Back from a check, with a checkpoint to go on from; nobody has decided to go on yet.</summary>
    Paused,

    /// <summary>Given up at a check or by its own curve. Its history and checkpoint stay.</summary>
    Pruned,

    /// <summary>Every epoch ran.</summary>
    Completed,

    /// <summary>Without a result: failed, cancelled or diverged.</summary>
    Failed,
}
