namespace MusicPipeline.Training.Packs;

/// <summary>
/// Memory that trials take on a device that trains them side by side, from their shapes alone. It is an estimate on the
/// safe side; a device that runs out of memory all the same trains the pack in smaller ones.
/// </summary>
public static class PackMemory
{
    // Weights, gradients and Adam's two moments.
    private const int CopiesOfParameters = 4;

    // Sums and gradients of a layer's outputs.
    private const int CopiesOfOutputs = 2;

    /// <summary>Bytes of a data set, which all trials of a pack share: float32 features and int32 labels.</summary>
    /// <param name="rows">Rows to train and to validate on.</param>
    /// <param name="features">Features a row.</param>
    public static long OfData(long rows, int features) => rows * (features + 1) * sizeof(float);

    /// <summary>Bytes of one trial beside the data.</summary>
    /// <param name="trainingRows">Rows to train on, whose order each trial has for itself.</param>
    /// <param name="features">Features a row.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="parameters">The trial.</param>
    public static long OfTrial(long trainingRows, int features, int classes, HyperParameters parameters)
    {
        var units = (long)parameters.HiddenUnits;
        var weights = (units * (features + classes + 1)) + classes;
        var batch = Math.Min(parameters.BatchSize, trainingRows) * (features + (CopiesOfOutputs * (units + classes)));
        return sizeof(float) * ((CopiesOfParameters * weights) + batch + trainingRows);
    }
}
