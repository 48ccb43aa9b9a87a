namespace MusicPipeline.Training;

/// <summary>How the learning rate changes from epoch to epoch. With e epochs done of n, a trial's rate r becomes:</summary>
public enum LearningRateSchedule
{
    /// <summary>r, as in the lab.</summary>
    Constant,

    /// <summary><c>r (1 + cos(pi e / n)) / 2</c> (I. Loshchilov, F. Hutter, SGDR, 2017, without restarts).</summary>
    Cosine,

    /// <summary>r, a tenth of it once half of the epochs are done, and a hundredth once three quarters are.</summary>
    Step,
}
