using MusicPipeline.Training.Models;

namespace MusicPipeline.Local.Predicting;

/// <summary>What <c>music predict --json</c> prints.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Classes">Label of each column.</param>
/// <param name="ClassNames">Their names, where the model has them.</param>
/// <param name="Labels">Predicted label of each row.</param>
/// <param name="Probabilities">rows x classes.</param>
/// <param name="Accuracy">Share of rows classified rightly, where the true labels were given.</param>
/// <param name="Confusion">classes x classes: true, predicted.</param>
/// <param name="PerClass">Rows, precision and recall of each class.</param>
internal sealed record PredictionDocument(
    string Model,
    long[] Classes,
    string[]? ClassNames,
    long[] Labels,
    float[][] Probabilities,
    double? Accuracy,
    int[][]? Confusion,
    IReadOnlyList<ClassScore>? PerClass);
