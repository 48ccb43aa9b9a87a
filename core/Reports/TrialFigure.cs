using MusicPipeline.Reports.Documents;
using MusicPipeline.Reports.Results;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports;

/// <summary>A column of a <see cref="TrialTable"/> and how it is filled.</summary>
/// <param name="Column">Its heading.</param>
/// <param name="Asked">Its text for a trial without a result, or null for none.</param>
/// <param name="Finished">Its text for a trial with one.</param>
internal sealed record TrialFigure(TableColumn Column, Func<Trial, string>? Asked, Func<FinishedTrial, string> Finished)
{
    /// <summary>Its text for a baseline, or null for none.</summary>
    public Func<BaselineResult, string>? Baseline { get; init; }
}
