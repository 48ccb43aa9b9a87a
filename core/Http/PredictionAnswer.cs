namespace MusicPipeline.Http;

/// <summary>The answer of <c>POST /api/predict</c>.</summary>
/// <param name="Model">The model that was used.</param>
/// <param name="Classes">Label of each column of <paramref name="Probabilities"/>.</param>
/// <param name="Labels">Predicted label of each row.</param>
/// <param name="Probabilities">rows x classes.</param>
public sealed record PredictionAnswer(string Model, long[] Classes, long[] Labels, float[][] Probabilities);
