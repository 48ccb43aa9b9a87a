using MusicPipeline.Training;

namespace MusicPipeline.Local.Progress;

/// <summary>Hyper-parameters in words, for the terminal.</summary>
internal static class TrialText
{
    private static readonly HyperParameter[] Usual = [HyperParameter.LearningRate, HyperParameter.HiddenUnits, HyperParameter.Epochs];

    // Those that most sweeps leave alone.
    private static readonly HyperParameter[] Others = [.. HyperParameter.Columns.Except(Usual)];

    /// <summary>A trial in one phrase: what it usually differs in, and what else is not as usual.</summary>
    /// <param name="parameters">Its hyper-parameters.</param>
    /// <param name="fold">The fold that it is validated on; null without folds.</param>
    public static string Describe(HyperParameters parameters, int? fold = null) => string.Join(
        ", ",
        Usual.Concat(Others.Where(other => other.IsSet(parameters)))
            .Select(parameter => parameter.Phrase(parameters, parameter.TextOf(parameters), brief: true))
            .Concat(fold is null ? [] : (string[])[$"fold {fold}"]));

    /// <summary>What differs between trials beside learning rate, hidden units and epochs.</summary>
    public static IReadOnlyList<HyperParameter> Varying(IEnumerable<HyperParameters> trials)
    {
        var all = trials.ToArray();
        return [.. Others.Where(other => all.DistinctBy(other.Get).Skip(1).Any())];
    }
}
