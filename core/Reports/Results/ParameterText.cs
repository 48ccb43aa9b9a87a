using MusicPipeline.Training;

namespace MusicPipeline.Reports.Results;

/// <summary>Hyper-parameters as tables, axes and sentences treat them.</summary>
internal static class ParameterText
{
    /// <summary>A trial's value as it was asked for.</summary>
    public static string Text(this HyperParameter parameter, HyperParameters trial) =>
        parameter == HyperParameter.RestoreBest && trial.RestoreBest is { } objective ? objective.Words()
            : parameter.IsChoice || parameter == HyperParameter.Seed ? parameter.TextOf(trial)
            : parameter.IsInteger ? parameter.Get(trial).ToString("N0")
            : ReportText.Rate(parameter.Get(trial));

    /// <summary>The value in few characters, for charts.</summary>
    public static string ShortText(this HyperParameter parameter, HyperParameters trial) =>
        parameter.IsInteger ? parameter.TextOf(trial) : ReportText.ShortRate(parameter.Get(trial));

    /// <summary>Value and name in a sentence: <c>256 hidden units</c>.</summary>
    public static string Phrase(this HyperParameter parameter, HyperParameters trial) => parameter.Phrase(trial, parameter.Text(trial));

    /// <summary>The hyper-parameters with more than one value, in the order of columns.</summary>
    public static IReadOnlyList<HyperParameter> Varying(IReadOnlyCollection<HyperParameters> trials) =>
        [.. HyperParameter.Columns.Where(parameter => trials.DistinctBy(parameter.Get).Skip(1).Any())];
}
