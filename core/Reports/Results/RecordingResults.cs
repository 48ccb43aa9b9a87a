using MusicPipeline.Training.Models;

namespace MusicPipeline.Reports.Results;

/// <summary>A model on whole recordings, each labelled by the mean of its notes' probabilities.</summary>
/// <param name="Test">Its labels of the test recordings.</param>
/// <param name="Validated">Validation recordings; with folds those of all folds, each judged by the network of its fold.</param>
/// <param name="NotSureBelow">
/// A probability just below the lowest of a label at and above which validation recordings were labelled rightly in
/// <see cref="WantedShare"/> of cases or more; null where there is none.
/// </param>
/// <param name="Sure">Validation recordings whose label had that probability or more.</param>
/// <param name="SureAndRight">Those of them that were labelled rightly.</param>
public sealed record RecordingResults(ConfusionMatrix Test, int Validated, double? NotSureBelow, int Sure, int SureAndRight)
{
    /// <summary>Share of right labels that a model is sure from.</summary>
    public const double WantedShare = 0.9;
}
