using System.Globalization;
using System.Text.Json;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>A request as the command that asks for the same; what the command line has no option for is left out.</summary>
public static class SweepCommandText
{
    /// <summary>The command, without the program: <c>sweep --preset lab</c>.</summary>
    public static string Of(SweepRequest request)
    {
        List<(string Option, string? Value)> options =
        [
            ("dataset", request.Dataset is { } dataset ? Quoted(dataset) : null),
            ("preset", request.Preset),
            ("learning-rate", Text(request.LearningRates)),
            ("hidden-units", Text(request.HiddenUnits?.Select(units => (double)units))),
            ("epochs", Text(request.Epochs)),
            ("batch-size", Text(request.BatchSize)),
            ("seed", Text(request.Seed)),
            .. (request.Space?.Ranges() ?? []).Select(range => (Kebab(range.Name.Name), Text(range.Name, range.Range))),
            ("repeats", Text(request.Repeats)),
            ("sampler", request.Sampler is { } sampler ? Text(sampler) : null),
            ("trials", Text(request.Sampler?.Trials)),
            ("sampler-seed", Text(request.Sampler?.Seed)),
            ("pruner", request.Pruner is { } pruner ? Text(pruner) : null),
            ("stop-accuracy", Text(request.Stop?.Accuracy)),
            ("stop-trials", Text(request.Stop?.Trials)),
            ("stop-epochs", Text(request.Stop?.Epochs)),
            ("stop-after", request.Stop?.Seconds is { } seconds ? $"{Text(seconds)}s" : null),
            ("stop-failures", Text(request.Stop?.Failures)),
            ("validation", request.Validation?.ToString()),
            ("baselines", request.Baselines is { } names ? string.Join(' ', names) : null),
            ("device", request.Device?.ToString().ToLowerInvariant()),
            ("max-parallel", Text(request.MaxParallel)),
            ("priority", Text(request.Priority)),
        ];
        return string.Join(' ', options.Where(option => option.Value is not null).Select(option => $"--{option.Option} {option.Value}")
            .Prepend("sweep"));
    }

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Text(IEnumerable<double>? values) =>
        values is null ? null : string.Join(' ', values.Select(value => Text(value)));

    private static string? Text(HyperParameter parameter, ParameterRange range) => range.Kind switch
    {
        RangeKind.List => string.Join(' ', range.Values.Select(parameter.Text)),
        RangeKind.Steps => $"{Text(range.From)}..{Text(range.To)}:{Text(range.Step)}",
        RangeKind.PowersOfTwo => $"2^{Text(Math.Log2(range.From))}..2^{Text(Math.Log2(range.To))}",
        RangeKind.LogUniform or RangeKind.LogInteger => $"log:{Text(range.From)}..{Text(range.To)}",
        _ => $"{Text(range.From)}..{Text(range.To)}",
    };

    // Those of a sampler that are options of their own are left to them. A policy within comes last, since all the rest is about it.
    private static string Text(Policy policy)
    {
        var parameters = policy.Parameters
            .Where(parameter => parameter.Name is not ("trials" or "seed"))
            .Select(parameter => (parameter.Name, Value: parameter.Property.GetValue(policy)))
            .Where(parameter => parameter.Value is not null)
            .OrderBy(parameter => parameter.Value is Policy)
            .Select(parameter => $"{parameter.Name}={parameter.Value switch
            {
                Policy within => Text(within),
                Enum name => Camel($"{name}"),
                var number => Convert.ToString(number, CultureInfo.InvariantCulture),
            }}");
        var text = string.Join(',', parameters);
        return text.Length == 0 ? policy.Kind : $"{policy.Kind}:{text}";
    }

    private static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"'{text}'" : text;

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
