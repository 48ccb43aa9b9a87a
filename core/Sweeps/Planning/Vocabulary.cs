using System.Text.Json;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;
using MusicPipeline.Training.MachineLearning;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Planning;

/// <summary>
/// What a sweep request may say, for whoever offers it to choose from: the body of <c>GET /api/vocabulary</c>. All of it is told by the
/// code that reads requests.
/// </summary>
/// <param name="Presets">The presets.</param>
/// <param name="HyperParameters">What a space may vary.</param>
/// <param name="Ranges">The ways to say so, beside lists, with their numbers.</param>
/// <param name="Samplers">How points are chosen, the default first.</param>
/// <param name="Pruners">What ends trials early, the default first.</param>
/// <param name="Objectives">What is best by, the default first.</param>
/// <param name="Stop">Conditions that end a sweep early.</param>
/// <param name="Baselines">Simple classifiers to compare with.</param>
/// <param name="MaxTrials">Most trials of a sweep.</param>
public sealed record Vocabulary(
    IReadOnlyList<PresetWords> Presets,
    IReadOnlyList<HyperParameterWords> HyperParameters,
    IReadOnlyList<RangeWords> Ranges,
    IReadOnlyList<PolicyWords> Samplers,
    IReadOnlyList<PolicyWords> Pruners,
    IReadOnlyList<string> Objectives,
    IReadOnlyList<string> Stop,
    IReadOnlyList<string> Baselines,
    int MaxTrials)
{
    /// <summary>The vocabulary of this build.</summary>
    public static Vocabulary Own { get; } = new(
        [.. Planning.Presets.Names.Select(name => new PresetWords(name, TrialsOf(name)))],
        [.. HyperParameter.Nested.Select(HyperParameterWords.Of)],
        [.. Enum.GetValues<RangeKind>().Where(kind => kind != RangeKind.List).Select(RangeWords.Of)],
        [.. Sampler.Kinds.All.Select(PolicyWords.Of)],
        [.. Pruner.Kinds.All.Select(PolicyWords.Of)],
        [.. Enum.GetNames<Objective>().Select(JsonNamingPolicy.CamelCase.ConvertName)],
        [.. typeof(StopRequest).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))],
        Training.MachineLearning.Baselines.Names,
        SweepPlanner.MaxTrials);

    private static int TrialsOf(string preset) =>
        Planning.Presets.Designs(preset)!
            .SelectMany(design =>
                from rate in design.LearningRates
                from units in design.HiddenUnits
                select (rate, units, design.Epochs))
            .Distinct()
            .Count();
}

/// <summary>A preset.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trials">Trials that it has.</param>
public sealed record PresetWords(string Name, int Trials);

/// <summary>A hyper-parameter.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Words">Its name in a sentence.</param>
/// <param name="Bounds">What may be asked for, in words.</param>
/// <param name="IsInteger">Whether its values are whole numbers.</param>
/// <param name="Choices">Its values where they are names.</param>
/// <param name="Default">Its value where nothing is said, as JSON has it.</param>
public sealed record HyperParameterWords(
    string Name, string Words, string Bounds, bool IsInteger, IReadOnlyList<string>? Choices, object Default)
{
    internal static HyperParameterWords Of(HyperParameter parameter) => new(
        parameter.Name,
        parameter.Words,
        parameter.Bounds,
        parameter.IsInteger,
        parameter.IsChoice ? parameter.Names : null,
        parameter.IsChoice ? parameter.Text(parameter.Default) : parameter.Default);
}

/// <summary>A way to say which values a hyper-parameter may take.</summary>
/// <param name="Kind">Its name in JSON; <c>steps</c> stands without one.</param>
/// <param name="IsForIntegers">Whether it is for whole numbers alone; null where it is for both.</param>
/// <param name="IsForGrids">Whether it has a count, so that a grid can go through it.</param>
public sealed record RangeWords(string Kind, bool? IsForIntegers, bool IsForGrids)
{
    internal static RangeWords Of(RangeKind kind) => new(
        JsonNamingPolicy.CamelCase.ConvertName($"{kind}"),
        kind switch
        {
            RangeKind.Integer or RangeKind.LogInteger or RangeKind.PowersOfTwo => true,
            RangeKind.Uniform or RangeKind.LogUniform => false,
            _ => null,
        },
        kind is not (RangeKind.Uniform or RangeKind.LogUniform));
}

/// <summary>A sampler or a pruner.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Words">What it does, in a few words.</param>
/// <param name="Parameters">What can be set.</param>
public sealed record PolicyWords(string Kind, string Words, IReadOnlyList<ParameterWords> Parameters)
{
    internal static PolicyWords Of(Policy policy) =>
        new(policy.Kind, policy.Words, [.. policy.Parameters.Select(ParameterWords.Of)]);
}

/// <summary>A parameter of a sampler or a pruner.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="Type"><c>integer</c>, <c>number</c>, <c>choice</c>, or <c>policy</c>: another one of the same kind.</param>
/// <param name="Choices">The names of a choice.</param>
/// <param name="Default">What counts where it is left out; absent where it has to be given.</param>
/// <param name="Lowest">Its least value.</param>
/// <param name="Highest">Its greatest value.</param>
public sealed record ParameterWords(
    string Name, string Description, string Type, IReadOnlyList<string>? Choices, object? Default, object? Lowest, object? Highest)
{
    internal static ParameterWords Of(PolicyParameter parameter) => new(
        parameter.Name,
        parameter.Description,
        parameter.Type.IsEnum ? "choice"
            : parameter.Type == typeof(int) ? "integer"
            : parameter.Type == typeof(double) ? "number"
            : "policy",
        parameter.Type.IsEnum ? [.. Enum.GetNames(parameter.Type).Select(JsonNamingPolicy.CamelCase.ConvertName)] : null,
        parameter.Default,
        parameter.Lowest,
        parameter.Highest);
}
