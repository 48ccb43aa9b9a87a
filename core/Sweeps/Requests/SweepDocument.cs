using System.Text.Json.Serialization;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Requests;

/// <summary><c>sweep.json</c>: a sweep from its request to its result.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="DatasetVersion">The version that was current when the sweep was asked for.</param>
/// <param name="CreatedAt">When it was first asked for.</param>
public sealed record SweepDocument(
    string Id,
    SweepState State,
    SweepRequest Request,
    string Dataset,
    string DatasetVersion,
    DateTimeOffset CreatedAt)
{
    /// <summary>The idempotency key it was asked for with, if any.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Number of its last run, from 1 on: a sweep that was cancelled or failed may run again.</summary>
    public int Run { get; init; } = 1;

    /// <summary>Whether it runs, or is to, until it is stopped or cancelled, which was asked for.</summary>
    [JsonIgnore]
    internal bool IsBeingEnded => State.IsActive() && Halt > HaltKind.Pause;

    /// <summary>
    /// What was asked for, with what may change from run to run as the last extension that names it says: what it is
    /// trained on and how many trials at once, its priority, its pruner and its stop conditions.
    /// </summary>
    [JsonIgnore]
    internal SweepRequest Current => (Extensions ?? []).Aggregate(
        Request,
        (known, extension) => known with
        {
            Device = extension.Device ?? known.Device,
            MaxParallel = extension.MaxParallel ?? known.MaxParallel,
            Priority = extension.Priority ?? known.Priority,
            Pruner = extension.Pruner ?? known.Pruner,
            Stop = extension.Stop ?? known.Stop,
        });

    /// <summary>Of sweeps that run at once the higher ones come first.</summary>
    [JsonIgnore]
    public int Priority => Current.Priority ?? 0;

    /// <summary>What its present run was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public HaltKind Halt { get; init; }

    /// <summary>
    /// What whoever asked should know of its plan, in one sentence: that its space has fewer points than it was asked for.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>What it was extended by, in the order of asking.</summary>
    public IReadOnlyList<SweepRequest>? Extensions { get; init; }

    /// <summary>When its last run started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its last run ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed, in one sentence.</summary>
    public string? Error { get; init; }

    /// <summary>The condition that ended it before all of its trials had; set at the end.</summary>
    public StopCause? StopCause { get; init; }

    /// <summary>How its trials ended; set at the end.</summary>
    public SweepCounts? Counts { get; init; }

    /// <summary>The winner; set at the end.</summary>
    public BestTrial? Best { get; init; }

    /// <summary>The baselines that were asked for; set at the end.</summary>
    public IReadOnlyList<BaselineView>? Baselines { get; init; }

    /// <summary>Trials without a result, and why; set at the end.</summary>
    public IReadOnlyList<TrialFailure>? Failures { get; init; }
}

/// <summary>The best trial of a sweep, finished or so far.</summary>
/// <param name="TrialId">Its id.</param>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="ValidationAccuracy">Its last validation accuracy, 0 to 1.</param>
public sealed record BestTrial(string TrialId, HyperParameters Parameters, double ValidationAccuracy)
{
    /// <summary>What trials were compared by; null for accuracy.</summary>
    public Objective? Objective { get; init; }

    /// <summary>Its last figure of that; null for accuracy.</summary>
    public double? Value { get; init; }

    /// <summary>A trial that completed, as the best.</summary>
    internal static BestTrial Of(TrialRecord record, Objective objective = default) =>
        Of(record.Trial, record.Last!.ValidationAccuracy, objective, objective.Score(record.Last));

    /// <summary>A trial as the best, by its score.</summary>
    internal static BestTrial Of(Trial trial, double accuracy, Objective objective, double? score) =>
        new(trial.Id, trial.Parameters, accuracy)
        {
            Objective = objective == default ? null : objective,
            Value = objective == default || score is not { } given ? null : objective.Score(given),
        };
}

/// <summary>A baseline as <c>sweep.json</c> and <c>GET /api/sweeps/{id}</c> show it once the sweep has ended.</summary>
/// <param name="Id">See <see cref="BaselineTrial.Id"/>.</param>
/// <param name="Name">Its name, such as <c>sdca</c>.</param>
/// <param name="Fold">The fold that it was validated on, from 1 on; null without folds.</param>
/// <param name="Loss">Training loss; null where it gives no probabilities.</param>
/// <param name="Accuracy">Training accuracy; null without a result, as all figures then.</param>
/// <param name="ValidationLoss">Validation loss; null where it gives no probabilities.</param>
/// <param name="ValidationAccuracy">Validation accuracy.</param>
/// <param name="Reason">Why it has no result.</param>
public sealed record BaselineView(
    string Id,
    string Name,
    int? Fold = null,
    double? Loss = null,
    double? Accuracy = null,
    double? ValidationLoss = null,
    double? ValidationAccuracy = null,
    string? Reason = null);
