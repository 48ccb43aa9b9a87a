namespace MusicPipeline.Training;

/// <summary>Everything that a trial's result depends on, besides its data and the trainer's version.</summary>
/// <param name="LearningRate">Adam's step size, above 0.</param>
/// <param name="HiddenUnits">Sigmoid units of the hidden layer, 1 or more.</param>
/// <param name="Epochs">Passes over the training rows, 1 or more.</param>
/// <param name="BatchSize">Rows a step; the last batch of an epoch may be shorter.</param>
/// <param name="Seed">Seeds the initial weights and the order of the rows.</param>
public sealed record HyperParameters(double LearningRate, int HiddenUnits, int Epochs, int BatchSize = 128, int Seed = 1);
