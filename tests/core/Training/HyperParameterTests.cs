using System.Text.Json;
using System.Text.Json.Nodes;
using MusicPipeline.Http;
using MusicPipeline.Json;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using Xunit;

namespace MusicPipeline.Tests.Training;

/// <summary>The table of hyper-parameters, and what is written of them elsewhere.</summary>
public sealed class HyperParameterTests
{
    public static TheoryData<string> Names => [.. HyperParameter.All.Select(parameter => parameter.Name)];

    [Fact]
    public void The_Table_Has_What_A_Trial_Has()
    {
        var properties = typeof(HyperParameters).GetProperties().Where(property => property.CanWrite);

        Assert.Equal(
            properties.Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal),
            Names.Select(row => row.Data).Order(StringComparer.Ordinal));
        Assert.Equal(HyperParameter.All.Where(parameter => parameter.IsSearched).Order(ByName), HyperParameter.Nested.Order(ByName));
        Assert.Equal(HyperParameter.All.Order(ByName), HyperParameter.Columns.Order(ByName));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_Value_Is_Set_Read_And_Written(string name)
    {
        var parameter = Find(name);
        foreach (var value in (double[])[parameter.Lowest, parameter.Default, parameter.Highest])
        {
            Assert.True(parameter.Takes(value));
            var trial = parameter.Set(HyperParameter.Defaults, value);

            Assert.Equal(value, parameter.Get(trial));
            Assert.Equal(value != parameter.Default, parameter.IsSet(trial));
            Assert.True(parameter.TryParse(parameter.TextOf(trial), out var read));
            Assert.Equal(value, read);
            Assert.All(
                HyperParameter.All.Where(other => other != parameter), other => Assert.False(other.IsSet(trial), $"{other} moved"));

            var json = JsonSerializer.SerializeToNode(trial, PipelineJson.Compact)!.AsObject();
            Assert.Equal(parameter.IsNamedIn(trial), json.ContainsKey(name));
            if (parameter.IsNamedIn(trial)) Assert.Equal(parameter.TextOf(trial), json[name]!.ToString());
            Assert.Equal(trial, json.Deserialize<HyperParameters>(PipelineJson.Compact));
        }

        Assert.False(parameter.Takes(double.NaN));
        Assert.False(parameter.Takes(parameter.Highest + 1));
        Assert.False(parameter.TryParse("many", out _));
    }

    [Fact]
    public void The_OpenApi_Document_Describes_Them()
    {
        var schemas = JsonNode.Parse(OpenApiDocument.Read())!["components"]!["schemas"]!;
        var (space, trial) = (schemas["Space"]!["properties"]!.AsObject(), schemas["HyperParameters"]!["properties"]!.AsObject());

        Assert.Equal(HyperParameter.Nested.Select(parameter => parameter.Name), space.Select(pair => pair.Key));
        Assert.Equal(HyperParameter.All.Select(parameter => parameter.Name), trial.Select(pair => pair.Key));
        Assert.Equal(
            HyperParameter.All.Where(parameter => !parameter.IsOption).Select(parameter => parameter.Name),
            schemas["HyperParameters"]!["required"]!.AsArray().Select(name => (string)name!));
        foreach (var parameter in HyperParameter.All)
        {
            if (parameter.IsSearched) AssertEqual(RangeOf(parameter), space[parameter.Name]!, parameter);
            AssertEqual(ValueOf(parameter), trial[parameter.Name]!, parameter);
            if (parameter.IsChoice)
                Assert.Equal(parameter.Names, schemas[SchemaOf(parameter)]!["enum"]!.AsArray().Select(name => (string)name!));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_Documentation_Has_A_Row_For_Each(string name)
    {
        var parameter = Find(name);
        if (!parameter.IsSearched) return;
        var rows = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "docs", "search.md"));

        var row = Assert.Single(
            rows, row => row.StartsWith($"| `--{JsonNamingPolicy.KebabCaseLower.ConvertName(name)}` |", StringComparison.Ordinal));
        var values = parameter.IsChoice ? "names"
            : parameter == HyperParameter.Seed ? "any whole number"
            : parameter.Lowest == double.Epsilon ? $"above 0, at most {parameter.Highest:N0}"
            : $"{parameter.Lowest} to {parameter.Highest:#,0.##}";
        Assert.EndsWith($" | `{name}` | {values} |", row, StringComparison.Ordinal);
        Assert.All(parameter.Names, value => Assert.Contains($"`{value}`", row, StringComparison.Ordinal));
    }

    private static Comparer<HyperParameter> ByName => Comparer<HyperParameter>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    private static HyperParameter Find(string name) => HyperParameter.All.Single(parameter => parameter.Name == name);

    private static string SchemaOf(HyperParameter parameter) => char.ToUpperInvariant(parameter.Name[0]) + parameter.Name[1..];

    private static JsonObject RangeOf(HyperParameter parameter) => parameter.IsChoice
        ? new JsonObject
        {
            ["type"] = "array", ["minItems"] = 1, ["uniqueItems"] = true, ["items"] = Reference(SchemaOf(parameter)),
        }
        : Reference("Range");

    private static JsonObject ValueOf(HyperParameter parameter)
    {
        var schema = parameter.IsChoice ? Reference(SchemaOf(parameter)) : new JsonObject
        {
            ["type"] = parameter.IsInteger ? "integer" : "number",
            [parameter.Lowest == double.Epsilon ? "exclusiveMinimum" : "minimum"] = JsonNode.Parse($"{Math.Round(parameter.Lowest, 9)}"),
            ["maximum"] = JsonNode.Parse($"{parameter.Highest}"),
        };
        if (!parameter.IsOption) return schema;
        schema["default"] = parameter.IsChoice ? parameter.Text(parameter.Default) : JsonNode.Parse(parameter.Text(parameter.Default));
        schema["description"] = $"Left out where it is {parameter.Text(parameter.Default)}";
        return schema;
    }

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    private static void AssertEqual(JsonObject expected, JsonNode found, HyperParameter parameter) =>
        Assert.True(JsonNode.DeepEquals(expected, found), $"{parameter} is {expected.ToJsonString()}");
}
