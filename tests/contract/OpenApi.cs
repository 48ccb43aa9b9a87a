using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MusicPipeline.Contract.Tests;

/// <summary>An OpenAPI document as a judge of answers.</summary>
public sealed class OpenApi(JsonNode document)
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    /// <summary>Every operation: its method, its path template, and its description.</summary>
    public IEnumerable<(HttpMethod Method, string Path, JsonNode Operation)> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "parameters"
        select (HttpMethod.Parse(operation.Key), path.Key, operation.Value!);

    /// <summary>Checks status, media type and body of an answer; nothing for a path or method that is not described.</summary>
    internal void Check(HttpMethod method, string uri, Answer answer)
    {
        var operation = Find(method, uri.Split('?', 2)[0]);
        if (operation is null) return;
        var status = ((int)answer.Status).ToString();
        var response = operation["responses"]![status];
        Assert.True(response is not null, $"{method} {uri} answers {status}, which the document does not know: {answer.Text}");
        if (answer.Status == HttpStatusCode.Accepted && response["headers"]?["Location"] is not null) Assert.NotNull(answer.Location);
        if (response["content"] is null && answer.Body.Length == 0) return;
        var content = response["content"]?[answer.MediaType ?? ""];
        Assert.True(content is not null, $"{method} {uri} answers {answer.MediaType}, which the document does not know");
        if (answer.MediaType!.EndsWith("json", StringComparison.Ordinal)) CheckValue(answer.Json, content["schema"]!, "$");
    }

    /// <summary>Checks a value against one of the document's schemas.</summary>
    internal void CheckSchema(JsonNode value, string schema) =>
        CheckValue(value, document["components"]!["schemas"]![schema]!, schema);

    private JsonNode? Find(HttpMethod method, string path) => Operations
        .Where(operation => operation.Method == method
            && Regex.IsMatch(path, Pattern(operation.Path, operation.Operation), RegexOptions.None, MatchLimit))
        .OrderByDescending(operation => operation.Path.Count(character => character == '/'))
        .ThenBy(operation => operation.Path.Count(character => character == '{'))
        .Select(operation => operation.Operation)
        .FirstOrDefault();

    private static string Pattern(string template, JsonNode operation) => $"^{Regex.Replace(
        template,
        @"\{(?<name>\w+)\}",
        match => Pattern(match.Groups["name"].Value, template, operation),
        RegexOptions.ExplicitCapture,
        MatchLimit)}$";

    // Names of recordings and of uploads may hold slashes; a file's name is one of those that are listed.
    private static string Pattern(string parameter, string template, JsonNode operation)
    {
        var names = operation["parameters"]!.AsArray()
            .First(one => one!["name"]!.GetValue<string>() == parameter)!["schema"]!["enum"]?.AsArray();
        if (names is not null) return $"({string.Join('|', names.Select(name => Regex.Escape(name!.GetValue<string>())))})";
        var mayHoldSlashes = (parameter, template.Split('/')[2]) is ("name", "audio" or "uploads");
        return mayHoldSlashes ? "(.+)" : "([^/]+)";
    }

    private void CheckValue(JsonNode? value, JsonNode schema, string where)
    {
        if (schema["$ref"] is { } reference) schema = document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!;
        if (schema["oneOf"] is JsonArray choices)
        {
            Assert.True(choices.Any(choice => Matches(value, choice!)), $"{where} is {value}, which is none of {choices}");
            return;
        }

        if (schema["enum"] is JsonArray names) Assert.Contains(value!.GetValue<string>(), names.Select(name => name!.GetValue<string>()));
        if (schema["minimum"] is { } minimum) Assert.True(value!.GetValue<double>() >= minimum.GetValue<double>(), $"{where} is {value}");
        if (schema["maximum"] is { } maximum) Assert.True(value!.GetValue<double>() <= maximum.GetValue<double>(), $"{where} is {value}");
        if (schema["type"]?.GetValue<string>() is not { } type) return;
        Assert.True(IsOf(value, type), $"{where} is {value?.ToJsonString() ?? "null"} where {type} is documented");
        if (value is JsonObject thing) CheckObject(thing, schema, where);
        if (value is not JsonArray array || schema["items"] is not { } items) return;
        for (var index = 0; index < array.Count; index++) CheckValue(array[index], items, $"{where}[{index}]");
    }

    private void CheckObject(JsonObject value, JsonNode schema, string where)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
            Assert.True(value.ContainsKey(name!.GetValue<string>()), $"{where} lacks {name}: {value}");
        if (schema["properties"] is not JsonObject properties) return;
        foreach (var (name, member) in value)
        {
            Assert.True(properties[name] is not null, $"{where} has {name}, which is not documented");
            CheckValue(member, properties[name]!, $"{where}.{name}");
        }
    }

    private static bool Matches(JsonNode? value, JsonNode schema) => schema["const"] is { } constant
        ? JsonNode.DeepEquals(value, constant)
        : IsOf(value, schema["type"]!.GetValue<string>());

    private static bool IsOf(JsonNode? value, string type) => (value?.GetValueKind(), type) switch
    {
        (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.String, "string") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") or (JsonValueKind.Number, "number") => true,
        (JsonValueKind.Number, "integer") => value!.AsValue().TryGetValue<long>(out _),
        _ => false,
    };
}
