using System.Text.Json;

namespace MusicPipeline.Training;

/// <summary>The table itself.</summary>
public sealed partial class HyperParameter
{
    private const string None = "none";

    /// <summary>What counts where nothing is said.</summary>
    public static readonly HyperParameters Defaults = new(0.001, 256, 20);

    /// <summary>Adam's step size.</summary>
    public static readonly HyperParameter LearningRate = new(
        nameof(HyperParameters.LearningRate), p => p.LearningRate, (p, value) => p with { LearningRate = value })
    {
        Help = "Learning rates", Lowest = double.Epsilon, Highest = 100, IsLogarithmic = true,
    };

    /// <summary>Units of the hidden layer.</summary>
    public static readonly HyperParameter HiddenUnits = new(
        nameof(HyperParameters.HiddenUnits), p => p.HiddenUnits, (p, value) => p with { HiddenUnits = (int)value })
    {
        Help = "Hidden sizes", Lowest = 1, Highest = 16_384, IsInteger = true, IsLogarithmic = true,
        Form = "{0} hidden unit(s)", BriefForm = "{0} unit(s)",
    };

    /// <summary>Passes over the training rows.</summary>
    public static readonly HyperParameter Epochs = new(
        nameof(HyperParameters.Epochs), p => p.Epochs, (p, value) => p with { Epochs = (int)value })
    {
        Help = "Epochs (a preset has its own)", Lowest = 1, Highest = 10_000, IsInteger = true, Form = "{0} epoch(s)",
    };

    /// <summary>Rows a step.</summary>
    public static readonly HyperParameter BatchSize = new(
        nameof(HyperParameters.BatchSize), p => p.BatchSize, (p, value) => p with { BatchSize = (int)value })
    {
        Help = "Rows a step", Lowest = 1, Highest = 65_536, IsInteger = true, IsLogarithmic = true,
        Form = "batch {0}", BriefForm = "batches of {0}",
    };

    /// <summary>Seed of weights and row order: what differs between repeats of one point.</summary>
    public static readonly HyperParameter Seed = new(
        nameof(HyperParameters.Seed), p => p.Seed, (p, value) => p with { Seed = (int)value })
    {
        Help = "Seeds of weights and row order", Lowest = int.MinValue, Highest = int.MaxValue, IsInteger = true,
    };

    /// <summary>Decoupled weight decay.</summary>
    public static readonly HyperParameter WeightDecay = new(
        nameof(HyperParameters.WeightDecay), p => p.WeightDecay, (p, value) => p with { WeightDecay = value })
    {
        Help = "Weight decays", Highest = 100, IsLogarithmic = true, IsOption = true,
    };

    /// <summary>How the learning rate changes.</summary>
    public static readonly HyperParameter Schedule = new(
        nameof(HyperParameters.Schedule), p => (int)p.Schedule, (p, value) => p with { Schedule = (LearningRateSchedule)(int)value })
    {
        Help = "How the learning rate changes", Names = NamesOf<LearningRateSchedule>(), IsOption = true,
    };

    /// <summary>The hidden layer's activation.</summary>
    public static readonly HyperParameter Activation = new(
        nameof(HyperParameters.Activation), p => (int)p.Activation, (p, value) => p with { Activation = (Activation)(int)value })
    {
        Help = "Activation", Names = NamesOf<Activation>(), IsOption = true, BriefForm = "{0}",
    };

    /// <summary>All of them, in the order of ids, metadata and the command line; new ones come last.</summary>
    public static IReadOnlyList<HyperParameter> All { get; } =
        [LearningRate, HiddenUnits, Epochs, BatchSize, Seed, WeightDecay, Schedule, Activation];

    /// <summary>In the order in which a grid nests them, the first changing last, and in which a space is written.</summary>
    public static IReadOnlyList<HyperParameter> Nested { get; } =
        [.. All.OrderBy(parameter => parameter == LearningRate ? 0 : parameter == HiddenUnits ? 1 : parameter == BatchSize ? 2 : 3)];

    /// <summary>In the order of columns: what differs between repeats of one point comes last.</summary>
    public static IReadOnlyList<HyperParameter> Columns { get; } = [.. All.OrderBy(parameter => parameter == Seed)];

    private static IReadOnlyList<string> NamesOf<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
