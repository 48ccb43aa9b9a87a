namespace MusicPipeline.Reports;

/// <summary>A row of a <see cref="TrialTable"/>.</summary>
/// <param name="TrialId">The trial.</param>
/// <param name="Cells">Its figures as text; empty where there is none.</param>
/// <param name="IsBest">The winner of the sweep.</param>
public sealed record TrialRow(string TrialId, IReadOnlyList<string> Cells, bool IsBest)
{
    /// <summary>Its file on record, from the folder of the sweep; null where it has no result, or one that may yet go on.</summary>
    public string? File { get; init; }
}
