namespace MusicPipeline.Training.MachineLearning;

/// <summary>What a simple classifier reaches on the rows that a network is trained and validated on.</summary>
/// <param name="Name">Its name, one of <see cref="Baselines.Names"/>.</param>
/// <param name="Metrics">Scores on training and validation rows; the losses are NaN where it gives no probabilities.</param>
/// <param name="Seconds">Wall time of training, in seconds.</param>
public sealed record BaselineScore(string Name, EpochMetrics Metrics, double Seconds);
