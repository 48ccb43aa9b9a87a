using MusicPipeline.Audio.Notes;
using MusicPipeline.Data;
using MusicPipeline.Notes;
using MusicPipeline.Training;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;

namespace MusicPipeline.Reports.Results;

/// <summary>Everything that a sweep's report is made from.</summary>
/// <param name="SweepId">Id of the sweep.</param>
/// <param name="Preset">Preset that was asked for, or null for a grid.</param>
/// <param name="Dataset">The data.</param>
/// <param name="Validation">Rows that trials were compared on.</param>
/// <param name="Studies">The parts of the sweep.</param>
/// <param name="Trials">Every finished trial of the sweep, completed or diverged, in the order of the plan.</param>
/// <param name="Failures">Trials without a result, and why.</param>
/// <param name="BestTrialId">
/// The winner: highest last validation accuracy, then lowest last validation loss, then fewest parameters; null where no trial completed.
/// </param>
/// <param name="TestScore">The winner on the test set; null where selection was made on the test set or nobody won.</param>
public sealed record SweepResults(
    string SweepId,
    string? Preset,
    DatasetInfo Dataset,
    ValidationRule Validation,
    IReadOnlyList<Study> Studies,
    IReadOnlyList<FinishedTrial> Trials,
    IReadOnlyList<FailedTrial> Failures,
    string? BestTrialId,
    TestScore? TestScore)
{
    /// <summary>The winner's predictions on the test rows; null where nobody won.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>The winner on whole recordings, where rows are notes of recordings; else null.</summary>
    public RecordingResults? Recordings { get; init; }

    /// <summary>How notes become rows, where a model can do that, too; null where rows are no notes, or no model can.</summary>
    public NoteTransform? Transform =>
        Recordings is not null && Dataset.Recipe is { } recipe && NoteRecipe.Create(recipe) is { Transform: { } transform } known
        && known.FeatureCount == Dataset.Features ? transform : null;

    /// <summary>Test notes that the winner took for another class, some of all; empty where rows are no notes.</summary>
    public IReadOnlyList<ConfusedNote> Confused { get; init; } = [];

    /// <summary>What people call it; null for nothing.</summary>
    public string? Name { get; init; }

    /// <summary>What people want to remember of it; null for nothing.</summary>
    public string? Notes { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>By what trials are compared.</summary>
    public Objective Objective { get; init; }

    /// <summary>The baselines that were asked for, in the order in which they are shown.</summary>
    public IReadOnlyList<BaselineResult> Baselines { get; init; } = [];

    /// <summary>That the space has fewer points than the sweep was asked for, in one sentence; null where it has not.</summary>
    public string? Note { get; init; }

    /// <summary>The condition that ended the sweep before all of its trials had; null for none.</summary>
    public StopCause? StopCause { get; init; }

    /// <summary>The conditions that were asked for; null for none.</summary>
    public StopRequest? Stop { get; init; }
}
