namespace MusicPipeline.Training.Models;

/// <summary>How well one class was recognized.</summary>
/// <param name="Class">The class' label.</param>
/// <param name="Rows">Rows that are of the class.</param>
/// <param name="Precision">Share of the rows predicted as this class that are of it; null where none was predicted.</param>
/// <param name="Recall">Share of the rows of this class that were predicted as it; null where there are none.</param>
public sealed record ClassScore(long Class, int Rows, double? Precision, double? Recall)
{
    /// <summary>The class' name; null where its label is all that is known.</summary>
    public string? Name { get; init; }

    /// <summary>What the class is called: its name, or its label where it has none.</summary>
    public override string ToString() => Name ?? Class.ToString();

    internal static ClassScore Of(long label, int right, int rows, int predicted) => new(
        label,
        rows,
        predicted == 0 ? null : (double)right / predicted,
        rows == 0 ? null : (double)right / rows);
}
