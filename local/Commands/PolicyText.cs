using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Search;

namespace MusicPipeline.Local.Commands;

/// <summary>
/// A pruner or a sampler as the command line says it: its name, and after a colon its parameters, <c>asha:factor=4,minEpochs=2</c>.
/// It is read by way of the JSON that it stands for.
/// </summary>
internal static class PolicyText
{
    /// <exception cref="InputException">There is no such policy or parameter.</exception>
    public static TPolicy Parse<TPolicy>(string text, PolicyKinds<TPolicy> kinds, string option)
        where TPolicy : Policy
    {
        try
        {
            return ToJson(text, kinds, option).Deserialize<TPolicy>(PipelineJson.Compact)!;
        }
        catch (JsonException exception) when (exception.GetBaseException() is InputException refusal)
        {
            throw refusal.At(kinds.Role);
        }
    }

    private static JsonObject ToJson<TPolicy>(string text, PolicyKinds<TPolicy> kinds, string option)
        where TPolicy : Policy
    {
        var (name, rest) = Cut(text, ':');
        var json = new JsonObject { ["kind"] = NamedValue.Find(kinds.Names, name, kinds.Role, option) };
        while (rest.Trim(',', ' ') is { Length: > 0 } left)
        {
            var (setting, more) = Cut(left, ',');
            if (!setting.Contains('=', StringComparison.Ordinal))
                throw new InputException(
                    $"'{setting.Trim()}' is no parameter of a {kinds.Role}", "write name=value, such as factor=4", option);
            var (given, value) = Cut(setting, '=');
            var parameter = Find(given.Trim(), kinds, option);
            // A policy has commas of its own, so that all the rest is about it.
            var isPolicy = parameter.Type == typeof(TPolicy);
            json[parameter.Name] = isPolicy
                ? ToJson(Cut(left, '=').After.Trim(), kinds, option)
                : ToJson(parameter, value.Trim(), option);
            rest = isPolicy ? "" : more;
        }

        return json;
    }

    private static JsonValue ToJson(PolicyParameter parameter, string value, string option)
    {
        if (parameter.Type.IsEnum)
        {
            var name = NamedValue.Find(Enum.GetNames(parameter.Type), value, parameter.Name, option);
            return JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(name));
        }

        if (parameter.Type == typeof(int))
        {
            return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? JsonValue.Create(whole)
                : throw new InputException($"the {parameter.Name} '{value}' is no whole number", "give one", option);
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : throw new InputException($"the {parameter.Name} '{value}' is no number", "give one", option);
    }

    private static PolicyParameter Find<TPolicy>(string name, PolicyKinds<TPolicy> kinds, string option)
        where TPolicy : Policy
    {
        if (kinds.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } found) return found;
        string[] names = [.. kinds.Parameters.Select(parameter => parameter.Name).Distinct(StringComparer.Ordinal)];
        throw new InputException(
            $"no {kinds.Role} has a parameter '{name}'", $"choose from {string.Join(", ", names[..^1])} and {names[^1]}", option);
    }

    private static (string Before, string After) Cut(string text, char separator) =>
        text.Split(separator, 2) is [var before, var after] ? (before, after) : (text, "");
}
