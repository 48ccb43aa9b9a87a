using System.Diagnostics.CodeAnalysis;
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
            ("dataset", Quoted(request.Dataset)),
            ("preset", Quoted(request.Preset)),
            .. (request.Points ?? []).Select(point => ("point", Quoted(Text(point)))),
            ("learning-rate", Text(request.LearningRates)),
            ("hidden-units", Text(request.HiddenUnits?.Select(units => (double)units))),
            ("epochs", Text(request.Epochs)),
            ("batch-size", Text(request.BatchSize)),
            ("seed", Text(request.Seed)),
            .. (request.Space?.Ranges() ?? []).Select(range => (Kebab(range.Name.Name), Text(range.Name, range.Range))),
            ("hidden-units", LooksLikeThePreset(request) ? Text(HyperParameter.HiddenUnits.Default) : null),
            ("objective", request.Objective is { } objective ? Camel($"{objective}") : null),
            ("restore-best", request.RestoreBest is true ? "" : null),
            ("repeats", Text(request.Repeats)),
            ("sampler", request.Sampler is { } sampler ? Text(sampler) : null),
            ("trials", Text(request.Sampler?.Trials)),
            ("sampler-seed", Text(request.Sampler?.Seed)),
            ("pruner", request.Pruner is { } pruner ? Text(pruner) : null),
            ("stop-accuracy", Text(request.Stop?.Accuracy)),
            ("stop-at", Text(request.Stop?.At)),
            ("stop-trials", Text(request.Stop?.Trials)),
            ("stop-epochs", Text(request.Stop?.Epochs)),
            ("stop-after", request.Stop?.Seconds is { } seconds ? $"{Text(seconds)}s" : null),
            ("stop-failures", Text(request.Stop?.Failures)),
            ("validation", request.Validation?.ToString()),
            ("baselines", request.Baselines is { } names ? string.Join(' ', names) : null),
            ("device", request.Device?.ToString().ToLowerInvariant()),
            ("max-parallel", Text(request.MaxParallel)),
            ("priority", Text(request.Priority)),
            ("name", Quoted(request.Name)),
            ("notes", Quoted(request.Notes)),
            ("tags", request.Tags is { Count: > 0 } tags ? string.Join(' ', tags.Select(Quoted)) : null),
        ];
        return string.Join(
            ' ',
            options.Where(option => option.Value is not null)
                .Select(option => $"--{option.Option} {option.Value}".TrimEnd())
                .Prepend("sweep"));
    }

    // The command line takes single values of these three for those of a preset, where nothing else is said of points: the default
    // of another says that it is a space.
    private static bool LooksLikeThePreset(SweepRequest request) =>
        request is { LearningRates: null, HiddenUnits: null, Points: null, Space: { } space }
        && space.Ranges().All(range => range.Range is { Kind: RangeKind.List, Values.Count: 1 }
            && (range.Name == HyperParameter.Epochs || range.Name == HyperParameter.BatchSize || range.Name == HyperParameter.Seed));

    private static string Text(IReadOnlyDictionary<string, JsonElement> point) =>
        string.Join(',', point.Select(value => $"{value.Key}={value.Value}"));

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

    // As a shell reads it, whatever is in it.
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Quoted(string? text) =>
        text is null || text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_.,:=/@+".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
