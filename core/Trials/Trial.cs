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

/// <summary>A named part of a sweep whose trials are compared with each other, such as the lab's learning rates.</summary>
/// <param name="Name"><c>baseline</c>, <c>learning-rate</c>, <c>hidden-units</c> or <c>grid</c>.</param>
/// <param name="TrialIds">Its trials, in the order they were asked for. Studies may share trials.</param>
public sealed record Study(string Name, IReadOnlyList<string> TrialIds);

/// <summary>Why a trial has no result.</summary>
/// <param name="TrialId">The trial.</param>
/// <param name="State">Failed or cancelled.</param>
/// <param name="Reason">One sentence.</param>
public sealed record TrialFailure(string TrialId, TrialState State, string Reason);
