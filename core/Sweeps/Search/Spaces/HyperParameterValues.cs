using System.Text.Json;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>Hyper-parameters as numbers; names of schedules and activations are their positions.</summary>
public static class HyperParameterValues
{
    /// <summary>One hyper-parameter as a number.</summary>
    public static double Get(this HyperParameters parameters, HyperParameter name) => name switch
    {
        HyperParameter.LearningRate => parameters.LearningRate,
        HyperParameter.HiddenUnits => parameters.HiddenUnits,
        HyperParameter.BatchSize => parameters.BatchSize,
        HyperParameter.Epochs => parameters.Epochs,
        HyperParameter.Seed => parameters.Seed,
        HyperParameter.WeightDecay => parameters.WeightDecay,
        HyperParameter.Schedule => (int)parameters.Schedule,
        HyperParameter.Activation => (int)parameters.Activation,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such hyper-parameter."),
    };

    /// <summary>A copy with one hyper-parameter changed.</summary>
    public static HyperParameters With(this HyperParameters parameters, HyperParameter name, double value) => name switch
    {
        HyperParameter.LearningRate => parameters with { LearningRate = value },
        HyperParameter.HiddenUnits => parameters with { HiddenUnits = (int)value },
        HyperParameter.BatchSize => parameters with { BatchSize = (int)value },
        HyperParameter.Epochs => parameters with { Epochs = (int)value },
        HyperParameter.Seed => parameters with { Seed = (int)value },
        HyperParameter.WeightDecay => parameters with { WeightDecay = value },
        HyperParameter.Schedule => parameters with { Schedule = (LearningRateSchedule)(int)value },
        HyperParameter.Activation => parameters with { Activation = (Activation)(int)value },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such hyper-parameter."),
    };

    /// <summary>A hyper-parameter as requests name it.</summary>
    internal static string Text(this HyperParameter name) => JsonNamingPolicy.CamelCase.ConvertName($"{name}");

    /// <summary>Whether values are whole numbers.</summary>
    public static bool IsInteger(this HyperParameter name) => name is not (HyperParameter.LearningRate or HyperParameter.WeightDecay);
}
