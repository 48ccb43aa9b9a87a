using System.Text.Json;

namespace MusicPipeline.Training;

/// <summary>The table itself.</summary>
public sealed partial class HyperParameter
{
    private const string None = "none";

    /// <summary>What counts where nothing is said.</summary>
    public static readonly HyperParameters Defaults = new(0.001, 256, 20);

    /// <summary>The optimizer's step size.</summary>
    public static readonly HyperParameter LearningRate = new(
        nameof(HyperParameters.LearningRate), p => p.LearningRate, (p, value) => p with { LearningRate = value })
    {
        Help = "Learning rates", Lowest = double.Epsilon, Highest = 100, IsLogarithmic = true,
    };

    /// <summary>Units of each hidden layer.</summary>
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

    /// <summary>The hidden layers' activation.</summary>
    public static readonly HyperParameter Activation = new(
        nameof(HyperParameters.Activation), p => (int)p.Activation, (p, value) => p with { Activation = (Activation)(int)value })
    {
        Help = "Activation", Names = NamesOf<Activation>(), IsOption = true, BriefForm = "{0}",
    };

    /// <summary>Hidden layers of so many units each.</summary>
    public static readonly HyperParameter Layers = new(
        nameof(HyperParameters.Layers), p => p.Layers, (p, value) => p with { Layers = (int)value })
    {
        Help = "Hidden layers", Lowest = 1, Highest = HyperParameters.MostLayers, IsInteger = true, IsOption = true,
        IsAlwaysAColumn = false, Form = "{0} hidden layer(s)", BriefForm = "{0} layer(s)",
    };

    /// <summary>Share of the hidden units that each training step leaves out.</summary>
    public static readonly HyperParameter Dropout = new(
        nameof(HyperParameters.Dropout), p => p.Dropout, (p, value) => p with { Dropout = value })
    {
        Help = "Shares of hidden units left out of each step", Highest = HyperParameters.MostDropout, IsOption = true,
        IsAlwaysAColumn = false,
    };

    /// <summary>The share of each training target that is spread evenly over all classes.</summary>
    public static readonly HyperParameter LabelSmoothing = new(
        nameof(HyperParameters.LabelSmoothing), p => p.LabelSmoothing, (p, value) => p with { LabelSmoothing = value })
    {
        Help = "Shares of targets spread over all classes", Highest = HyperParameters.MostLabelSmoothing, IsOption = true,
        IsAlwaysAColumn = false,
    };

    /// <summary>How much the rows of each class count in training.</summary>
    public static readonly HyperParameter ClassWeights = new(
        nameof(HyperParameters.ClassWeights), p => (int)p.ClassWeights, (p, value) => p with { ClassWeights = (ClassWeights)(int)value })
    {
        Help = "How much the rows of each class count", Names = NamesOf<ClassWeights>(), IsOption = true, IsAlwaysAColumn = false,
    };

    /// <summary>What makes a step of a gradient.</summary>
    public static readonly HyperParameter Optimizer = new(
        nameof(HyperParameters.Optimizer), p => (int)p.Optimizer, (p, value) => p with { Optimizer = (Optimizer)(int)value })
    {
        Help = "Optimizer", Names = NamesOf<Optimizer>(), IsOption = true, IsAlwaysAColumn = false, BriefForm = "{0}",
    };

    /// <summary>By which figure the epoch is chosen whose weights are the result; a sweep's objective says it.</summary>
    public static readonly HyperParameter RestoreBest = new(
        nameof(HyperParameters.RestoreBest),
        p => p.RestoreBest is { } objective ? (int)objective + 1 : 0,
        (p, value) => p with { RestoreBest = value == 0 ? null : (Objective)(int)(value - 1) })
    {
        Help = "Figure of the best epoch", Names = [None, .. NamesOf<Objective>()], IsOption = true, IsAlwaysAColumn = false,
        IsSearched = false, Form = "weights of the epoch with the best {0}", BriefForm = "best epoch by {0}",
    };

    /// <summary>All of them, in the order of ids, metadata and the command line; new ones come last.</summary>
    public static IReadOnlyList<HyperParameter> All { get; } =
    [
        LearningRate, HiddenUnits, Epochs, BatchSize, Seed, WeightDecay, Schedule, Activation, Layers, Dropout, LabelSmoothing,
        ClassWeights, Optimizer, RestoreBest,
    ];

    /// <summary>Those of spaces, in the order in which a grid nests them, the first changing last.</summary>
    public static IReadOnlyList<HyperParameter> Nested { get; } =
    [
        .. All.Where(parameter => parameter.IsSearched)
            .OrderBy(parameter => parameter == LearningRate ? 0 : parameter == HiddenUnits ? 1 : parameter == BatchSize ? 2 : 3),
    ];

    /// <summary>In the order of columns: what differs between repeats of one point comes last.</summary>
    public static IReadOnlyList<HyperParameter> Columns { get; } = [.. All.OrderBy(parameter => parameter == Seed)];

    private static IReadOnlyList<string> NamesOf<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
