using System.Globalization;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Sweeps.Search.Pruning;

namespace MusicPipeline.Local.Commands;

/// <summary>A pruner as the command line says it: its name, and after a colon its parameters, <c>asha:factor=4,minEpochs=2</c>.</summary>
internal static class PrunerText
{
    private const string Option = "--pruner";

    /// <exception cref="InputException">There is no such pruner or parameter.</exception>
    public static PrunerRequest Parse(string text)
    {
        var (name, rest) = text.Split(':', 2) is [var before, var after] ? (before, after) : (text, "");
        var pruner = new PrunerRequest { Kind = NamedValue.Parse<PrunerKind>(name, "pruner", Option) };
        foreach (var setting in rest.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (setting.Split('=') is not [var parameter, var value])
                throw new InputException($"'{setting}' is no parameter of a pruner", "write name=value, such as factor=4", Option);
            pruner = With(pruner, parameter, value);
        }

        return pruner;
    }

    private static PrunerRequest With(PrunerRequest pruner, string parameter, string value) => parameter switch
    {
        "metric" => pruner with { Metric = NamedValue.Parse<PruningMetric>(value, "metric", Option) },
        "minEpochs" => pruner with { MinEpochs = Whole(parameter, value) },
        "factor" => pruner with { Factor = Whole(parameter, value) },
        "startupTrials" => pruner with { StartupTrials = Whole(parameter, value) },
        "warmupEpochs" => pruner with { WarmupEpochs = Whole(parameter, value) },
        "interval" => pruner with { Interval = Whole(parameter, value) },
        "patience" => pruner with { Patience = Whole(parameter, value) },
        "limit" => pruner with { Limit = Number(parameter, value) },
        "margin" => pruner with { Margin = Number(parameter, value) },
        _ => throw new InputException(
            $"no pruner has a parameter '{parameter}'",
            "choose from metric, minEpochs, factor, startupTrials, warmupEpochs, interval, limit, patience and margin",
            Option),
    };

    private static int Whole(string parameter, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"the {parameter} '{value}' is no whole number", "give one", Option);

    private static double Number(string parameter, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new InputException($"the {parameter} '{value}' is no number", "give one", Option);
}
