namespace MusicPipeline.Sweeps.Reports;

/// <summary>A row of a <see cref="TrialTable"/>.</summary>
/// <param name="TrialId">The trial.</param>
/// <param name="Cells">Its figures as text; empty where there is none.</param>
/// <param name="IsBest">The winner of the sweep.</param>
public sealed record TrialRow(string TrialId, IReadOnlyList<string> Cells, bool IsBest)
{
    /// <summary>It is a baseline and no trial.</summary>
    public bool IsBaseline { get; init; }
}
