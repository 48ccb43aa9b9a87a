namespace MusicPipeline.Training;

/// <summary>How much the rows of each class count in training. Validation counts every row alike.</summary>
public enum ClassWeights
{
    /// <summary>Every row counts alike.</summary>
    None,

    /// <summary>
    /// Every class counts alike: a row counts <c>rows / (classes x rows of its class)</c>, over the training rows and the
    /// classes that they have.
    /// </summary>
    Balanced,
}
