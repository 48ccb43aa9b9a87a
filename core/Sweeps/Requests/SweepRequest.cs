using System.Text.Json;
using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>
/// What a person asks for: the body of <c>POST /api/sweeps</c> and the options of <c>music sweep</c>. Either a preset,
/// or a grid of learning rates and hidden units, or a space with a sampler; nothing at all asks for the <c>lab</c> preset.
/// </summary>
public sealed record SweepRequest
{
    /// <summary>Name of the data set; may be left out where there is only one.</summary>
    public string? Dataset { get; init; }

    /// <summary>Version of the data set; the one that is current when the sweep is asked for, unless it is given.</summary>
    public string? DatasetVersion { get; init; }

    /// <summary>One of <see cref="Presets.Names"/>; excludes <see cref="LearningRates"/> and <see cref="HiddenUnits"/>.</summary>
    public string? Preset { get; init; }

    /// <summary>Learning rates of the grid, each above 0; 0.001 where only hidden units are given.</summary>
    public IReadOnlyList<double>? LearningRates { get; init; }

    /// <summary>Hidden sizes of the grid, 1 to 16,384; 256 where only learning rates are given.</summary>
    public IReadOnlyList<int>? HiddenUnits { get; init; }

    /// <summary>Epochs, 1 to 10,000; a preset has its own, and a grid takes 20.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows a step, 1 to 65,536; 128 by default.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Seed of weights and row order; 1 by default.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// <c>"test"</c> (as the lab does, and presets by default) or a share of the training set (0.2 for a grid), or <c>"5-fold"</c>: each
    /// point is trained once a fold.
    /// </summary>
    public ValidationRule? Validation { get; init; }

    /// <summary>
    /// What to train on; what the worker is set up with by default. It is no part of what a sweep or a trial is: results on
    /// record count whatever trained them.
    /// </summary>
    public DeviceChoice? Device { get; init; }

    /// <summary>
    /// Trials, or packs of them, that train at once, 1 to 10,000; as many as the host lets one sweep by default. Like the
    /// device it is no part of what a sweep is.
    /// </summary>
    public int? MaxParallel { get; init; }

    /// <summary>
    /// Of sweeps that run at once those of a higher priority, -10 to 10, come first; equal ones take turns. 0 by default,
    /// and no part of what a sweep is.
    /// </summary>
    public int? Priority { get; init; }

    /// <summary>Hyper-parameters to vary, beside those above; excludes a preset.</summary>
    public SpaceRequest? Space { get; init; }

    /// <summary>How points of the space are chosen; all of them by default.</summary>
    public Sampler? Sampler { get; init; }

    /// <summary>What ends trials early; nothing by default.</summary>
    public Pruner? Pruner { get; init; }

    /// <summary>When no more trials are started; by default when all have ended.</summary>
    public StopRequest? Stop { get; init; }

    /// <summary>Trains each point with so many seeds, from <see cref="Seed"/> on; 1 to 100, and 1 by default.</summary>
    public int? Repeats { get; init; }

    /// <summary>
    /// Names of simple classifiers, of <see cref="Training.MachineLearning.Baselines.Names"/>, to train on the same rows and show
    /// beside the trials; none by default.
    /// </summary>
    public IReadOnlyList<string>? Baselines { get; init; }

    /// <summary>By what trials are compared: for the winner, pruners, samplers and stop conditions; accuracy by default.</summary>
    public Objective? Objective { get; init; }

    /// <summary>Whether each trial's result are the weights of its best epoch by the objective; those of its last by default.</summary>
    public bool? RestoreBest { get; init; }

    /// <summary>
    /// Points to try before those that are chosen, beside them: each names values of hyper-parameters, as numbers or names; what it
    /// does not name is as in the other trials.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Points { get; init; }

    /// <summary>What people call it, at most 100 characters. Like notes and tags no part of what a sweep is.</summary>
    public string? Name { get; init; }

    /// <summary>What people want to remember of it, at most 2,000 characters.</summary>
    public string? Notes { get; init; }

    /// <summary>Up to 20 words to find it by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>See <see cref="Objective"/>.</summary>
    [JsonIgnore]
    internal Objective ComparedBy => Objective ?? default;

    /// <summary>See <see cref="HyperParameters.RestoreBest"/>.</summary>
    [JsonIgnore]
    internal Objective? RestoredBy => RestoreBest == true ? ComparedBy : null;

    /// <summary>Whether results decide which trials start and how far they go.</summary>
    [JsonIgnore]
    internal bool Searches => Stop is not null || Pruner is { Prunes: true } || Learns;

    /// <summary>The same without what is no part of what a sweep is.</summary>
    internal SweepRequest Unlabelled() => this with { Name = null, Notes = null, Tags = null };

    /// <summary>The same with the name, notes and tags of a later request, where that has any.</summary>
    internal SweepRequest LabelledAs(SweepRequest later) =>
        this with { Name = later.Name ?? Name, Notes = later.Notes ?? Notes, Tags = later.Tags ?? Tags };

    /// <summary>Whether results decide which points there are.</summary>
    [JsonIgnore]
    internal bool Learns => Sampler is { Learns: true };
}
