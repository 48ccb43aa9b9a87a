using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MusicPipeline.Contract.Tests;

public sealed class OpenApiTests(PipelineHost host) : PipelineTests(host)
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete];

    [Fact]
    public void Describes_The_Whole_Api() => Assert.Equal(
        [
            "DELETE /api/sweeps/{id}",
            "GET /api/audio/{name}",
            "GET /api/audio/{name}/{file}",
            "GET /api/baselines/{id}/{file}",
            "GET /api/collections",
            "GET /api/collections/{name}",
            "GET /api/collections/{name}/recordings/{label}/{file}",
            "GET /api/collections/{name}/{file}",
            "GET /api/compare",
            "GET /api/datasets",
            "GET /api/datasets/{name}",
            "GET /api/datasets/{name}/{version}/{file}",
            "GET /api/health",
            "GET /api/openapi.json",
            "GET /api/recordings",
            "GET /api/rejected",
            "GET /api/sweeps",
            "GET /api/sweeps/{id}",
            "GET /api/sweeps/{id}/charts/{chart}",
            "GET /api/sweeps/{id}/events",
            "GET /api/sweeps/{id}/histories.csv",
            "GET /api/sweeps/{id}/report",
            "GET /api/sweeps/{id}/trials.csv",
            "GET /api/sweeps/{id}/{file}",
            "GET /api/system",
            "GET /api/trials/{id}/{file}",
            "GET /api/uploads/{container}/{name}",
            "GET /api/vocabulary",
            "POST /api/classify",
            "POST /api/collections/{name}/dataset",
            "POST /api/collections/{name}/label",
            "POST /api/plan",
            "POST /api/predict",
            "POST /api/samples",
            "POST /api/sweeps",
            "POST /api/sweeps/{id}/cancel",
            "POST /api/sweeps/{id}/extend",
            "POST /api/sweeps/{id}/pause",
            "POST /api/sweeps/{id}/resume",
            "POST /api/sweeps/{id}/retry",
            "POST /api/sweeps/{id}/stop",
            "PUT /api/uploads/{container}/{name}",
        ],
        Api.Document.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Is_OpenApi_3_1()
    {
        var document = (await Api.GetAsync("/api/openapi.json")).Expect(HttpStatusCode.OK).Json;
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(document["info"]!["title"]!.GetValue<string>());
        Assert.All(References(document), reference => Assert.NotNull(Resolve(document, reference)));
        var ids = Api.Document.Operations.Select(operation => operation.Operation["operationId"]!.GetValue<string>()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task Answers_Each_Described_Method_And_No_Other()
    {
        foreach (var path in Api.Document.Operations.GroupBy(
            operation => Uri(operation.Path, operation.Operation), operation => operation.Method))
        {
            var uri = path.Key;
            foreach (var method in Methods.Except(path)) (await Api.SendAsync(method, uri)).Expect(HttpStatusCode.MethodNotAllowed);

            // What is not there is told apart from a path that is not: the detail names it.
            foreach (var method in path)
            {
                var answer = await Api.SendAsync(method, uri);
                Assert.NotEqual(HttpStatusCode.MethodNotAllowed, answer.Status);
                if (answer.Status == HttpStatusCode.NotFound) Assert.DoesNotContain(uri, answer.Detail, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A path that fits a template: with the first name of those that are listed, and else one of nothing.</summary>
    private static string Uri(string template, JsonNode operation)
    {
        var parameters = operation["parameters"]?.AsArray() ?? [];
        return Regex.Replace(
            template,
            @"\{(?<name>\w+)\}",
            match => parameters.First(one =>
                one!["name"]!.GetValue<string>() == match.Groups["name"].Value)!["schema"]!["enum"]?[0]!.GetValue<string>() ?? "unknown",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject thing => thing.SelectMany(
            member => member is { Key: "$ref", Value: { } reference } ? [reference.GetValue<string>()] : References(member.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Resolve(JsonNode document, string reference) =>
        reference.Split('/')[1..].Aggregate((JsonNode?)document, (node, part) => node?[part]);
}
