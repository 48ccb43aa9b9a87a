using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Search.Spaces;

/// <summary>The hyper-parameters that a sweep varies, each with the values it may take.</summary>
public sealed record SpaceRequest
{
    /// <summary>Learning rates, above 0 and at most 100.</summary>
    public ParameterRange? LearningRate { get; init; }

    /// <summary>Hidden sizes, 1 to 16,384.</summary>
    public ParameterRange? HiddenUnits { get; init; }

    /// <summary>Batch sizes, 1 to 65,536.</summary>
    public ParameterRange? BatchSize { get; init; }

    /// <summary>Epochs, 1 to 10,000.</summary>
    public ParameterRange? Epochs { get; init; }

    /// <summary>Seeds.</summary>
    public ParameterRange? Seed { get; init; }

    /// <summary>Weight decays, 0 to 100.</summary>
    public ParameterRange? WeightDecay { get; init; }

    /// <summary>Schedules of the learning rate.</summary>
    public IReadOnlyList<LearningRateSchedule>? Schedule { get; init; }

    /// <summary>Activations.</summary>
    public IReadOnlyList<Activation>? Activation { get; init; }

    /// <summary>What varies, in the order of <see cref="HyperParameter"/>; names as their positions.</summary>
    public IEnumerable<(HyperParameter Name, ParameterRange Range)> Ranges()
    {
        (HyperParameter, ParameterRange?)[] all =
        [
            (HyperParameter.LearningRate, LearningRate),
            (HyperParameter.HiddenUnits, HiddenUnits),
            (HyperParameter.BatchSize, BatchSize),
            (HyperParameter.Epochs, Epochs),
            (HyperParameter.Seed, Seed),
            (HyperParameter.WeightDecay, WeightDecay),
            (HyperParameter.Schedule, Schedule is null ? null : ParameterRange.Of([.. Schedule.Select(value => (double)(int)value)])),
            (HyperParameter.Activation, Activation is null ? null : ParameterRange.Of([.. Activation.Select(value => (double)(int)value)])),
        ];
        foreach (var (name, range) in all)
        {
            if (range is not null) yield return (name, range);
        }
    }
}
