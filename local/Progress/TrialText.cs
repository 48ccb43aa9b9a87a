using MusicPipeline.Local.Cli;
using MusicPipeline.Training;

namespace MusicPipeline.Local.Progress;

/// <summary>Hyper-parameters in words, for the terminal.</summary>
internal static class TrialText
{
    private static readonly HyperParameters Usual = new(0.001, 256, 20);

    // Those that most sweeps leave alone.
    private static readonly (string Name, Func<HyperParameters, string> Value, Func<HyperParameters, string> Phrase)[] Others =
    [
        ("batch size", p => p.BatchSize.ToString(), p => $"batches of {p.BatchSize}"),
        ("weight decay", p => p.WeightDecay.ToString(), p => $"weight decay {p.WeightDecay}"),
        ("schedule", p => p.Schedule.ToString().ToLowerInvariant(), p => $"{p.Schedule.ToString().ToLowerInvariant()} schedule"),
        ("activation", p => p.Activation.ToString().ToLowerInvariant(), p => p.Activation.ToString().ToLowerInvariant()),
        ("seed", p => p.Seed.ToString(), p => $"seed {p.Seed}"),
    ];

    /// <summary>A trial in one phrase: what it usually differs in, and what else is not as usual.</summary>
    /// <param name="parameters">Its hyper-parameters.</param>
    /// <param name="fold">The fold that it is validated on; null without folds.</param>
    public static string Describe(HyperParameters parameters, int? fold = null) => string.Join(
        ", ",
        Others.Where(other => other.Value(parameters) != other.Value(Usual))
            .Select(other => other.Phrase(parameters))
            .Prepend(Counted.Of(parameters.Epochs, "epoch"))
            .Prepend(Counted.Of(parameters.HiddenUnits, "unit"))
            .Prepend($"learning rate {parameters.LearningRate}")
            .Concat(fold is null ? [] : (string[])[$"fold {fold}"]));

    /// <summary>Names and values of what differs between trials beside learning rate, hidden units and epochs.</summary>
    public static IReadOnlyList<(string Name, Func<HyperParameters, string> Value)> Varying(IEnumerable<HyperParameters> trials)
    {
        var all = trials.ToArray();
        return [.. Others.Where(other => all.DistinctBy(other.Value).Skip(1).Any()).Select(other => (other.Name, other.Value))];
    }
}
