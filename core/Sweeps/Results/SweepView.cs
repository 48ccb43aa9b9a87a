using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>The body of <c>GET /api/sweeps/{id}</c>.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="DatasetVersion">Its version.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="EstimatedEnd">When it should end.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Counts">Trials by state; null before the plan is made.</param>
/// <param name="Best">The best trial so far.</param>
/// <param name="Trials">Every trial with its progress, in the order of the plan.</param>
public sealed record SweepView(
    string Id,
    SweepState State,
    SweepRequest Request,
    string Dataset,
    string DatasetVersion,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? EstimatedEnd,
    string? Error,
    SweepCounts? Counts,
    BestTrial? Best,
    IReadOnlyList<TrialView> Trials)
{
    /// <summary>That its space has fewer points than it was asked for, in one sentence.</summary>
    public string? Note { get; init; }

    /// <summary>The condition that ended it before all of its trials had.</summary>
    public StopCause? StopCause { get; init; }

    /// <summary>What it was asked for while it ran, and has not come to yet; null where that is nothing.</summary>
    public HaltKind? Halt { get; init; }

    /// <summary>The baselines that were asked for; null until the sweep has ended.</summary>
    public IReadOnlyList<BaselineView>? Baselines { get; init; }
}

/// <summary>A trial as <c>GET /api/sweeps/{id}</c> shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Studies">The studies that it belongs to.</param>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Metrics">Figures of the last epoch done.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record TrialView(
    string Id,
    IReadOnlyList<string> Studies,
    HyperParameters Parameters,
    TrialState State,
    int Epoch,
    EpochMetrics? Metrics,
    string? Reason = null)
{
    /// <summary>The fold that it is validated on, from 1 on; null without folds.</summary>
    public int? Fold { get; init; }
}

/// <summary>A sweep as <c>GET /api/sweeps</c> lists it.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Best">Its winner.</param>
public sealed record SweepSummary(
    string Id, SweepState State, string Dataset, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, BestTrial? Best)
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}

/// <summary>A report to hand out.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record ReportFile(ReadOnlyMemory<byte> Bytes, string ContentType);
