using System.Text.Json;
using System.Text.Json.Nodes;
using MusicPipeline.Http;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Sweeps.Search.Sampling;
using MusicPipeline.Sweeps.Search.Spaces;
using MusicPipeline.TestSupport;
using MusicPipeline.Training;
using MusicPipeline.Trials;
using Xunit;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>What pruners and samplers say of themselves, against what they do and what is written of them elsewhere.</summary>
public sealed class PolicyTests
{
    public static TheoryData<string> Pruners => [.. Pruner.Kinds.Names];

    public static TheoryData<string> Samplers => [.. Sampler.Kinds.Names];

    [Theory]
    [MemberData(nameof(Pruners))]
    public void A_Pruner_Has_The_Defaults_That_It_Says(string kind)
    {
        var pruner = WithRequired(Pruner.Kinds.Find(kind)!);
        double[][] curves = [.. RecordedCurve.All.Select(curve => curve.Accuracy)];

        var expected = new SearchSimulation(pruner, curves, 4, 1).Run();
        var actual = new SearchSimulation(WithDefaults(pruner), curves, 4, 1).Run();

        Assert.Equal(JsonSerializer.Serialize(expected.Board.ToState()), JsonSerializer.Serialize(actual.Board.ToState()));
        Assert.Equal(pruner.ComparedBy, WithDefaults(pruner).ComparedBy);
        pruner.Check();
        WithDefaults(pruner).Check();
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_Sampler_Has_The_Defaults_That_It_Says(string kind)
    {
        var sampler = Sampler.Kinds.Find(kind)!;
        var space = SearchSpace.Of(
            new SpaceRequest
            {
                [HyperParameter.HiddenUnits] = ParameterRange.Of([.. Enumerable.Range(1, 500)]),
            }, new HyperParameters(0.001, 256, 20));
        Observation[] known =
        [
            .. Enumerable.Range(1, 10).Select(i => new Observation(space.Point([10 * i]), TrialState.Completed, 1.0 / i)),
        ];

        foreach (var index in Enumerable.Range(0, 30))
        {
            Assert.Equal(sampler.Next(space, known, index), WithDefaults(sampler).Next(space, known, index));
            Assert.Equal(sampler.Next(space, known[1..], index), WithDefaults(sampler).Next(space, known[1..], index));
        }
    }

    [Fact]
    public void The_OpenApi_Document_Describes_Them()
    {
        var schemas = JsonNode.Parse(OpenApiDocument.Read())!["components"]!["schemas"]!;

        AssertSchema(Pruner.Kinds, schemas["Pruner"]!);
        AssertSchema(Sampler.Kinds, schemas["Sampler"]!);
    }

    [Fact]
    public void The_Documentation_Has_A_Row_For_Each()
    {
        var rows = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "docs", "search.md"));

        foreach (var policy in (Policy[])[.. Pruner.Kinds.All, .. Sampler.Kinds.All])
        {
            var row = Assert.Single(
                rows,
                row => row.StartsWith($"| `{policy.Kind}`", StringComparison.Ordinal)
                    || row.StartsWith($"| `{policy.Kind}:", StringComparison.Ordinal));
            foreach (var parameter in policy.Parameters.Where(own => own.Property.DeclaringType == policy.GetType()))
                Assert.Contains($"{parameter.Name}={parameter.Default}", row, StringComparison.Ordinal);
        }
    }

    private static void AssertSchema<TPolicy>(PolicyKinds<TPolicy> kinds, JsonNode schema)
        where TPolicy : Policy
    {
        var properties = schema["properties"]!.AsObject();
        var expected = new JsonObject
        {
            ["kind"] = new JsonObject { ["type"] = "string", ["enum"] = Strings(kinds.Names), ["default"] = kinds.Default.Kind },
        };
        foreach (var owners in kinds.All
            .SelectMany(policy => policy.Parameters, (policy, parameter) => (policy.Kind, parameter))
            .GroupBy(pair => pair.parameter.Name))
            expected[owners.Key] = Describe(owners.First().parameter, [.. owners.Select(owner => owner.Kind)]);

        Assert.Equal(
            expected.Select(pair => pair.Key).Order(StringComparer.Ordinal),
            properties.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        foreach (var (name, property) in properties)
            Assert.True(JsonNode.DeepEquals(expected[name], property), $"{name} is {expected[name]!.ToJsonString()}");
    }

    private static JsonObject Describe(PolicyParameter parameter, string[] kinds)
    {
        var description = parameter.Property.DeclaringType!.IsAbstract
            ? parameter.Description
            : $"{string.Join(", ", kinds)}: {parameter.Description}";
        if (parameter.Type.IsAssignableTo(typeof(Policy)))
            return new JsonObject { ["$ref"] = $"#/components/schemas/{parameter.Type.Name}", ["description"] = description };
        var schema = new JsonObject
        {
            ["type"] = parameter.Type == typeof(int) ? "integer" : parameter.Type == typeof(double) ? "number" : "string",
            ["description"] = description,
        };
        if (parameter.Type.IsEnum) schema["enum"] = Strings(Enum.GetNames(parameter.Type).Select(JsonNamingPolicy.CamelCase.ConvertName));
        if (parameter.Lowest is { } lowest) schema["minimum"] = JsonNode.Parse($"{lowest}");
        if (parameter.Highest is { } highest) schema["maximum"] = JsonNode.Parse($"{highest}");
        if (parameter.Default is { } value)
            schema["default"] = parameter.Type.IsEnum ? JsonNamingPolicy.CamelCase.ConvertName($"{value}") : JsonNode.Parse($"{value}");
        return schema;
    }

    private static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];

    private static Pruner WithRequired(Pruner pruner)
    {
        var copy = pruner with { };
        foreach (var parameter in copy.Parameters.Where(parameter => parameter.Default is null))
            parameter.Property.SetValue(copy, parameter.Type == typeof(Pruner) ? new MedianPruner() : 0.5);
        return copy;
    }

    private static TPolicy WithDefaults<TPolicy>(TPolicy policy)
        where TPolicy : Policy
    {
        var copy = (TPolicy)(policy with { });
        foreach (var parameter in copy.Parameters.Where(parameter => parameter.Default is not null))
            parameter.Property.SetValue(copy, parameter.Default);
        return copy;
    }
}
