using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>
/// <c>plan.json</c>: the trials of a sweep. It is computed from the request and the data set alone, so that the same
/// request is the same sweep.
/// </summary>
/// <param name="SweepId">The preset's name, or <c>grid</c>, and a hash of everything else here.</param>
/// <param name="Preset">The preset, or null for a grid.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="DatasetVersion">Its version.</param>
/// <param name="Validation">Rows that trials are compared on.</param>
/// <param name="Studies">The parts of the sweep.</param>
/// <param name="Trials">Every distinct trial, in the order in which the studies name them.</param>
public sealed record SweepPlan(
    string SweepId,
    string? Preset,
    string Dataset,
    string DatasetVersion,
    ValidationRule Validation,
    IReadOnlyList<Study> Studies,
    IReadOnlyList<Trial> Trials)
{
    /// <summary>Number of the run that it was made for; see <see cref="SweepDocument.Run"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Run { get; init; }

    /// <summary>Extensions that are in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Extensions { get; init; }

    /// <summary>Trials that were there before each extension; null for none, and in a plan that grows by results.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Before { get; init; }

    /// <summary>Trials at the start that are to run before the others: those of the points that the request names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int First { get; init; }

    /// <summary>By what its trials are compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Objective Objective { get; init; }

    /// <summary>What whoever asked should know of it, in one sentence; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>What the trials are compared with, beside each other; null for nothing.</summary>
    public IReadOnlyList<BaselineTrial>? Baselines { get; init; }

    /// <summary>Where points depend on results, how far it has grown; null for a plan that was whole from the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlanGrowth? Growth { get; init; }

    /// <summary>Trials that the sweep is to have in all, also those that are not chosen yet.</summary>
    [JsonIgnore]
    public int Total => Growth?.Trials ?? Trials.Count;

    /// <summary>
    /// Positions in <see cref="Trials"/>, after the <see cref="First"/> ones the longest trial first, so that no long one starts when
    /// the others end.
    /// </summary>
    public IReadOnlyList<int> LongestFirst() =>
        [.. Enumerable.Range(0, Trials.Count).OrderBy(index => index >= First).ThenByDescending(index => Cost(Trials[index]))];

    /// <summary>
    /// Positions in <see cref="Trials"/> as a search starts them: in the order of the sampler, and of a grid in that of
    /// the ids, which is as good as any at random and always the same. What it was extended by comes last: stop conditions
    /// would else count it in place of trials that are on record.
    /// </summary>
    internal IReadOnlyList<int> Shuffled(bool isGrid) =>
    [
        .. Enumerable.Range(0, Trials.Count)
            .OrderBy(index => index >= First)
            .ThenBy(index => Before?.Count(count => count <= index) ?? 0)
            .ThenBy(index => isGrid && index >= First ? Trials[index].Id : "", StringComparer.Ordinal),
    ];

    /// <summary>Names of the studies of each trial, by its id.</summary>
    internal ILookup<string, string> StudiesOfTrials() => Studies
        .SelectMany(study => study.TrialIds.Select(id => (Id: id, study.Name)))
        .ToLookup(pair => pair.Id, pair => pair.Name, StringComparer.Ordinal);

    /// <summary>
    /// Relative cost of a trial. Within a sweep only epochs, hidden units and layers differ much; the constant stands for what an
    /// epoch costs whatever the hidden size is.
    /// </summary>
    public static double Cost(Trial trial)
    {
        // About as many as the lab's data has; a layer between two others has its units for inputs in their place.
        const double Features = 128;
        double units = trial.Parameters.HiddenUnits;
        return trial.Parameters.Epochs * (units + 16 + ((trial.Parameters.Layers - 1) * units * units / Features));
    }
}

/// <summary>What a plan has beside its trials where its points depend on results: it grows while the sweep runs.</summary>
/// <param name="Since">When the sweep was asked for: one that was deleted and is asked for again may come to other points.</param>
/// <param name="Points">Points that the sampler has proposed so far.</param>
/// <param name="Trials">Trials that the sweep is to have in all.</param>
/// <param name="Known">
/// What other sweeps on the same data and rows had on record when this one began. The sampler learns from it, and since it
/// stays as it was a sweep that is resumed proposes what it would have proposed.
/// </param>
public sealed record PlanGrowth(DateTimeOffset Since, int Points, int Trials, IReadOnlyList<Observation> Known);
