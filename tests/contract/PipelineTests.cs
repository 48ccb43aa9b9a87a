using System.Net;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

/// <summary>What the tests of this project do again and again.</summary>
public abstract class PipelineTests(PipelineHost host)
{
    // Tests share one pipeline, and a host that is named from outside may hold the results of earlier runs.
    private readonly string _own = Guid.NewGuid().ToString("N")[..8];

    private protected Api Api => host.Api;

    private protected Blobs Blobs => host.Blobs;

    /// <summary>A name that no other test uses.</summary>
    private protected string Own(string name) => name + _own;

    /// <summary>Uploads a small data set of its own and waits until it is ingested.</summary>
    private protected async Task<string> IngestAsync(string prefix, int seed = 1)
    {
        var name = Own(prefix);
        foreach (var (file, content) in Arrays.Dataset(name, seed: seed)) await Blobs.UploadAsync(Blobs.DatasetUploads, file, content);
        // Not asked for in the list of all, for which the host reads each.
        await Eventually.NotNull(
            async () => (await Api.GetAsync($"/api/datasets/{name}")) is var answer && answer.Status == HttpStatusCode.NotFound
                ? null
                : answer.Expect(HttpStatusCode.OK),
            $"{name} to be ingested");
        return name;
    }

    /// <summary>A data set of <c>GET /api/datasets</c>, once it is there and as it should be.</summary>
    private protected Task<JsonNode> DatasetAsync(string name, string what, Func<JsonNode, bool> isRight) => Eventually.NotNull(
        async () => (await Api.GetAsync("/api/datasets")).Expect(HttpStatusCode.OK).Json.AsArray()
            .FirstOrDefault(dataset => dataset!["name"]!.GetValue<string>() == name && isRight(dataset)),
        $"{name}, which {what}");

    /// <summary>Starts a sweep; the answer's path is where it is to be asked for.</summary>
    private protected async Task<string> StartAsync(string json, string? idempotencyKey = null)
    {
        var answer = (await Api.PostAsync("/api/sweeps", json, idempotencyKey)).Expect(HttpStatusCode.Accepted);
        var path = answer.Location!.ToString();
        Assert.EndsWith($"/api/sweeps/{answer.Json["id"]}", path, StringComparison.Ordinal);
        return path;
    }

    /// <summary>A sweep, once it is as it should be.</summary>
    private protected Task<JsonNode> SweepAsync(string path, string what, Func<JsonNode, bool> isRight) => Eventually.NotNull(
        async () => (await Api.GetAsync(path)).Expect(HttpStatusCode.OK).Json is var sweep && isRight(sweep) ? sweep : null,
        $"{path} to be {what}");

    /// <summary>A sweep, once it is in a state.</summary>
    private protected Task<JsonNode> SweepAsync(string path, string state) => SweepAsync(path, state, sweep => State(sweep) == state);

    private protected Task<JsonNode> ConvertedAsync(string name) => ConvertedAsync(name, _ => true);

    /// <summary>The document of a recording, once it is converted; until then the API says that it is not yet.</summary>
    private protected Task<JsonNode> ConvertedAsync(string name, Func<JsonNode, bool> isRight)
    {
        var path = $"/api/audio/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";
        return Eventually.NotNull(
            async () =>
            {
                var answer = await Api.GetAsync(path);
                if (answer.Status == HttpStatusCode.Conflict) return null;
                return answer.Expect(HttpStatusCode.OK).Json is var audio && isRight(audio) ? audio : null;
            },
            $"{name} to be converted");
    }

    private protected static string State(JsonNode node) => node["state"]!.GetValue<string>();
}
