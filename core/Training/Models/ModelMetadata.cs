namespace MusicPipeline.Training.Models;

/// <summary>
/// What a model says about itself in the <c>metadata_props</c> of its ONNX file, under keys that start with
/// <c>music.</c>. Whatever is unknown is null and is not written.
/// </summary>
/// <param name="Classes">Label of each output, in the order of the columns of <c>probabilities</c>.</param>
public sealed record ModelMetadata(long[] Classes)
{
    /// <summary>
    /// The highest <see cref="WithoutPitch"/> of a model that can leave notes without a pitch unlabelled: where they were a class of their
    /// own, such as drums, a model knows them.
    /// </summary>
    public const double MostWithoutPitch = 0.2;

    /// <summary>Names of the classes, in the order of <see cref="Classes"/>, where they are more than numbers.</summary>
    public string[]? ClassNames { get; init; }

    /// <summary>Name of the data set that it was trained on.</summary>
    public string? Dataset { get; init; }

    /// <summary>Version of the data set: a hash of its arrays.</summary>
    public string? DatasetVersion { get; init; }

    /// <summary>
    /// Name and version of the recipe that describes a recording's notes by the model's features; null for other features.
    /// </summary>
    public string? Recipe { get; init; }

    /// <summary>
    /// Highest share, of any class, of the notes that it learned from that have no pitch; null where they are no notes, or nobody looked.
    /// </summary>
    public double? WithoutPitch { get; init; }

    /// <summary>
    /// Lowest probability of a recording's label from which on 90 % of the labels or more were right on the validation recordings; 1
    /// where there is none.
    /// </summary>
    public double? NotSureBelow { get; init; }

    /// <summary>Hyper-parameters and seed.</summary>
    public HyperParameters? Parameters { get; init; }

    /// <summary>What it was validated on: <c>test</c> or the held-out share of the training set.</summary>
    public string? Validation { get; init; }

    /// <summary>Loss and accuracy of its last epoch, in training and validation.</summary>
    public EpochMetrics? Scores { get; init; }

    /// <summary>Version of the trainer's arithmetic.</summary>
    public string? TrainerVersion { get; init; }

    /// <summary>Trial that trained it.</summary>
    public string? TrialId { get; init; }
}
