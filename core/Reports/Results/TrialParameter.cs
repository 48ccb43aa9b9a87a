using MusicPipeline.Training;

namespace MusicPipeline.Reports.Results;

/// <summary>A hyper-parameter as tables, axes and sentences treat it.</summary>
/// <param name="Name">Its name in a sentence: <c>learning rate</c>.</param>
/// <param name="Value">Its value; of a choice its number.</param>
/// <param name="Text">The value as it was asked for.</param>
/// <param name="Phrase">Value and name in a sentence: <c>256 hidden units</c>.</param>
internal sealed record TrialParameter(
    string Name, Func<HyperParameters, double> Value, Func<HyperParameters, string> Text, Func<HyperParameters, string> Phrase)
{
    /// <summary>Adam's step size.</summary>
    public static readonly TrialParameter Rate = new(
        "learning rate", p => p.LearningRate, p => ReportText.Rate(p.LearningRate), p => $"learning rate {ReportText.Rate(p.LearningRate)}")
    {
        IsLogarithmic = true, ShortText = p => ReportText.ShortRate(p.LearningRate),
    };

    /// <summary>The hidden layer's size.</summary>
    public static readonly TrialParameter Units = new(
        "hidden units", p => p.HiddenUnits, p => p.HiddenUnits.ToString("N0"), p => ReportText.Count(p.HiddenUnits, "hidden unit"))
    {
        IsLogarithmic = true, ShortText = p => p.HiddenUnits.ToString(),
    };

    /// <summary>Epochs asked for.</summary>
    public static readonly TrialParameter Epochs = new(
        "epochs", p => p.Epochs, p => p.Epochs.ToString("N0"), p => ReportText.Count(p.Epochs, "epoch"))
    {
        ShortText = p => p.Epochs.ToString(),
    };

    /// <summary>Seed of weights and row order: what differs between repeats of one point.</summary>
    public static readonly TrialParameter Seed = new("seed", p => p.Seed, p => p.Seed.ToString(), p => $"seed {p.Seed}");

    /// <summary>All of them, in the order of columns.</summary>
    public static readonly IReadOnlyList<TrialParameter> All =
    [
        Rate,
        Units,
        Epochs,
        new("batch size", p => p.BatchSize, p => p.BatchSize.ToString("N0"), p => $"batch {p.BatchSize}")
        {
            IsLogarithmic = true, ShortText = p => p.BatchSize.ToString(),
        },
        new(
            "weight decay",
            p => p.WeightDecay,
            p => ReportText.Rate(p.WeightDecay),
            p => p.WeightDecay == 0 ? "no weight decay" : $"weight decay {ReportText.Rate(p.WeightDecay)}")
        {
            IsLogarithmic = true, ShortText = p => ReportText.ShortRate(p.WeightDecay), IsOption = p => p.WeightDecay != 0,
        },
        new("schedule", p => (int)p.Schedule, p => Lower(p.Schedule), p => $"{Lower(p.Schedule)} schedule")
        {
            IsChoice = true, IsOption = p => p.Schedule != LearningRateSchedule.Constant,
        },
        new("activation", p => (int)p.Activation, p => Lower(p.Activation), p => $"{Lower(p.Activation)} activation")
        {
            IsChoice = true, IsOption = p => p.Activation != Activation.Sigmoid,
        },
        Seed,
    ];

    /// <summary>Its values are names without an order.</summary>
    public bool IsChoice { get; private init; }

    /// <summary>Its values differ by factors rather than by steps.</summary>
    public bool IsLogarithmic { get; private init; }

    /// <summary>Whether a value is worth a word where it is the same in all trials; the lab's own settings are not.</summary>
    public Func<HyperParameters, bool> IsOption { get; private init; } = _ => true;

    /// <summary>The value in few characters, for charts.</summary>
    public Func<HyperParameters, string> ShortText
    {
        get => field ?? Text;
        private init;
    }

    /// <summary>The parameters with more than one value.</summary>
    public static IReadOnlyList<TrialParameter> Varying(IReadOnlyCollection<HyperParameters> trials) =>
        [.. All.Where(parameter => trials.DistinctBy(parameter.Value).Skip(1).Any())];

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
