namespace MusicPipeline.Training.Cuda.Kernels;

/// <summary>A trial's figures over the batches of an epoch.</summary>
internal struct TrialSums
{
    /// <summary>Sum of the rows' cross-entropies in nats.</summary>
    public double Loss;

    /// <summary>Rows classified rightly.</summary>
    public int Correct;

    /// <summary>1 from the batch on whose loss was NaN or infinite; no step is taken from there on.</summary>
    public int Diverged;
}
