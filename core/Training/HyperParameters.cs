using System.Text.Json.Serialization;

namespace MusicPipeline.Training;

/// <summary>Everything that a trial's result depends on, besides its data and the trainer's version.</summary>
/// <param name="LearningRate">Adam's step size, above 0.</param>
/// <param name="HiddenUnits">Units of the hidden layer, 1 or more.</param>
/// <param name="Epochs">Passes over the training rows, 1 or more.</param>
/// <param name="BatchSize">Rows a step; the last batch of an epoch may be shorter.</param>
/// <param name="Seed">Seeds the initial weights and the order of the rows.</param>
public sealed record HyperParameters(double LearningRate, int HiddenUnits, int Epochs, int BatchSize = 128, int Seed = 1)
{
    /// <summary>
    /// Decoupled weight decay (I. Loshchilov, F. Hutter, AdamW, 2019), 0 or more: with each step the weights, not the
    /// biases, first shrink by the learning rate of the step's epoch times this share.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double WeightDecay { get; init; }

    /// <summary>How the learning rate changes from epoch to epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>The hidden layer's activation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Activation Activation { get; init; }
}
