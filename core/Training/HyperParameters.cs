using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MusicPipeline.Training;

/// <summary>Everything that a trial's result depends on, besides its data and the trainer's version.</summary>
/// <param name="LearningRate">The optimizer's step size, above 0.</param>
/// <param name="HiddenUnits">Units of each hidden layer, 1 or more.</param>
/// <param name="Epochs">Passes over the training rows, 1 or more.</param>
/// <param name="BatchSize">Rows a step; the last batch of an epoch may be shorter.</param>
/// <param name="Seed">Seeds the initial weights and the order of the rows.</param>
public sealed record HyperParameters(double LearningRate, int HiddenUnits, int Epochs, int BatchSize = 128, int Seed = 1)
{
    /// <summary>Most hidden layers.</summary>
    public const int MostLayers = 8;

    /// <summary>Largest share that <see cref="Dropout"/> leaves out.</summary>
    public const double MostDropout = 0.9;

    /// <summary>Largest share that <see cref="LabelSmoothing"/> spreads.</summary>
    public const double MostLabelSmoothing = 0.5;

    /// <summary>
    /// Decoupled weight decay (I. Loshchilov, F. Hutter, AdamW, 2019), 0 or more: with each step the weights, not the
    /// biases, first shrink by the learning rate of the step's epoch times this share.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double WeightDecay { get; init; }

    /// <summary>How the learning rate changes from epoch to epoch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LearningRateSchedule Schedule { get; init; }

    /// <summary>The hidden layers' activation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Activation Activation { get; init; }

    /// <summary>Hidden layers of <see cref="HiddenUnits"/> each, 1 to <see cref="MostLayers"/>; left out of JSON where it is 1.</summary>
    [DefaultValue(1)]
    public int Layers { get; init; } = 1;

    /// <summary>
    /// Share of the hidden units that each training step leaves out, 0 to <see cref="MostDropout"/>; what is left is scaled
    /// up so that its mean stays (inverted dropout, N. Srivastava et al., 2014). Which units follows from the seed.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Dropout { get; init; }

    /// <summary>
    /// The share e of each training target that is spread evenly over all classes, 0 to <see cref="MostLabelSmoothing"/>:
    /// the targets are <c>(1 - e) y + e / classes</c>. Validation keeps the labels as they are.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double LabelSmoothing { get; init; }

    /// <summary>How much the rows of each class count in training.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ClassWeights ClassWeights { get; init; }

    /// <summary>What makes a step of a gradient.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optimizer Optimizer { get; init; }

    /// <summary>
    /// By which figure of validation the best epoch is chosen whose weights are the result; null for the last epoch's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Objective? RestoreBest { get; init; }
}
