using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Local.Commands;

/// <summary>An option of <c>music sweep</c> for each hyper-parameter.</summary>
internal sealed class SpaceOptions
{
    private static readonly HyperParameter[] Searched = [.. HyperParameter.All.Where(parameter => parameter.IsSearched)];

    private readonly Dictionary<HyperParameter, Option<string[]>> _options = Searched.ToDictionary(parameter => parameter, Describe);

    private readonly Option<string[]> _points = new("--point")
    {
        Description = "A point to try before the others, beside them: learningRate=0.01,hiddenUnits=64; several for several points",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_points, .. Searched.Select(parameter => _options[parameter])];

    /// <summary>Adds to a request what the options say. Single values and lists go where they always went.</summary>
    /// <exception cref="InputException">An option was given what it does not take.</exception>
    public SweepRequest Apply(SweepRequest request, ParseResult parsed)
    {
        var ranges = new List<(HyperParameter Name, ParameterRange Range)>();
        foreach (var parameter in Searched)
        {
            if (parsed.GetValue(_options[parameter]) is { Length: > 0 } tokens) ranges.Add((parameter, RangeOf(parameter, tokens)));
        }

        var rates = Take(HyperParameter.LearningRate);
        var units = Take(HyperParameter.HiddenUnits);
        return request with
        {
            LearningRates = rates,
            HiddenUnits = units is null ? null : [.. units.Select(value => Whole(HyperParameter.HiddenUnits, value))],
            Epochs = TakeOne(HyperParameter.Epochs),
            BatchSize = TakeOne(HyperParameter.BatchSize),
            Seed = TakeOne(HyperParameter.Seed),
            Points = parsed.GetValue(_points) is { Length: > 0 } points ? [.. points.Select(PointOf)] : null,
            Space = ranges.Count > 0 ? new SpaceRequest(ranges) : null,
        };

        // The values of a list, which is then no part of the space.
        IReadOnlyList<double>? Take(HyperParameter parameter, bool ofOne = false)
        {
            var found = ranges.FindIndex(
                pair => pair.Name == parameter && pair.Range.Kind == RangeKind.List && (!ofOne || pair.Range.Values.Count == 1));
            if (found < 0) return null;
            var values = ranges[found].Range.Values;
            ranges.RemoveAt(found);
            return values;
        }

        int? TakeOne(HyperParameter parameter) => Take(parameter, ofOne: true) is [var only] ? Whole(parameter, only) : null;
    }

    private static Option<string[]> Describe(HyperParameter parameter)
    {
        var forms = parameter == Searched[0] ? $"; {RangeText.Forms}" : ", in the same forms";
        return new Option<string[]>($"--{JsonNamingPolicy.KebabCaseLower.ConvertName(parameter.Name)}")
        {
            Description = parameter.IsChoice
                ? $"{parameter.Help}: {string.Join(", ", parameter.Names)}; several to compare them"
                : $"{parameter.Help}{forms}; {parameter.Text(parameter.Default)} unless told otherwise",
            AllowMultipleArgumentsPerToken = true,
        };
    }

    private IReadOnlyDictionary<string, JsonElement> PointOf(string text)
    {
        var point = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var setting in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (setting.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value] || !point.TryAdd(name, ValueOf(value)))
            {
                throw new InputException(
                    $"'{text}' is no point", "give each hyper-parameter once, as in learningRate=0.01,hiddenUnits=64", _points.Name);
            }
        }

        return point;

        static JsonElement ValueOf(string value) => double.TryParse(value, CultureInfo.InvariantCulture, out var number)
            ? JsonSerializer.SerializeToElement(number)
            : JsonSerializer.SerializeToElement(value);
    }

    private ParameterRange RangeOf(HyperParameter parameter, string[] tokens)
    {
        var option = _options[parameter].Name;
        return parameter.IsChoice
            ? ParameterRange.Of([.. tokens.SelectMany(token => token.Split(',')).Select(name => Position(parameter, name, option))])
            : RangeText.Parse(option, tokens, parameter.IsInteger);
    }

    private static double Position(HyperParameter parameter, string name, string option)
    {
        _ = parameter.TryParse(NamedValue.Find(parameter.Names, name, parameter.Words, option), out var position);
        return position;
    }

    private int Whole(HyperParameter parameter, double value) =>
        value == Math.Floor(value) && value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InputException($"{value} is no whole number", "give one of at most ten digits", _options[parameter].Name);
}
