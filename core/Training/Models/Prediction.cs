using MusicPipeline.Errors;

namespace MusicPipeline.Training.Models;

/// <summary>What a model says about rows.</summary>
/// <param name="Labels">Label of each row: the most probable class, by the label that the data came with.</param>
/// <param name="Probabilities">rows x classes, row-major; every row adds up to 1.</param>
/// <param name="Classes">Label of each column of <paramref name="Probabilities"/>.</param>
public sealed record Prediction(long[] Labels, float[] Probabilities, long[] Classes)
{
    /// <summary>Number of rows.</summary>
    public int Rows => Labels.Length;

    /// <summary>The probabilities of one row, in the order of <see cref="Classes"/>.</summary>
    public ReadOnlySpan<float> Row(int index) => Probabilities.AsSpan(index * Classes.Length, Classes.Length);

    /// <summary>Compares the predicted labels with the true ones.</summary>
    /// <param name="truth">True label of each row.</param>
    /// <exception cref="InputException">There are more or fewer labels than rows, or labels that are no class of the model.</exception>
    public ConfusionMatrix Against(IReadOnlyList<long> truth) => ConfusionMatrix.Of(Classes, truth, Labels);
}
