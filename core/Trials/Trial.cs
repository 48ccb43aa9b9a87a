using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>One training run of a sweep. Its id names its content, so equal trials are one trial.</summary>
/// <param name="Id">See <see cref="TrialId"/>.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="DatasetVersion">Version of the data set.</param>
/// <param name="Parameters">Hyper-parameters and seed.</param>
/// <param name="Validation">Rows that the trial is validated on.</param>
public sealed record Trial(
    string Id, string Dataset, string DatasetVersion, HyperParameters Parameters, ValidationRule Validation)
{
    /// <summary>
    /// The trial with fewer epochs that this one goes on from, where its end was kept; null to start with fresh weights.
    /// Either way ends in the same bits.
    /// </summary>
    public string? From { get; init; }
}
