using System.Text.Json;
using MusicPipeline.Http;
using Xunit;

namespace MusicPipeline.Tests.Api;

public sealed class OpenApiDocumentTests
{
    [Fact]
    public void Describes_Every_Route()
    {
        using var document = JsonDocument.Parse(OpenApiDocument.Read());
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();

        Assert.StartsWith("3.1", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.All(
            PipelineApi.Routes.Where(route => route.Pattern.StartsWith("api/", StringComparison.Ordinal)),
            route => Assert.Contains(
                "/" + route.Pattern.Replace("*", "", StringComparison.Ordinal).Replace(":file", "", StringComparison.Ordinal), paths));
    }

    [Fact]
    public void Every_Reference_Leads_Somewhere()
    {
        using var document = JsonDocument.Parse(OpenApiDocument.Read());
        var references = References(document.RootElement).Distinct().ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            var element = document.RootElement;
            foreach (var part in reference.Split('/').Skip(1)) Assert.True(element.TryGetProperty(part, out element), reference);
        });
    }

    [Fact]
    public void A_Sweep_Is_To_Be_Asked_For_At_Its_Location() =>
        Assert.Equal("/api/sweeps/a%2Fb%20c", ApiRoutes.SweepLocation("a/b c"));

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.NameEquals("$ref") ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
