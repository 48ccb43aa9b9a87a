using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

/// <summary>Talks to the API. Every answer of a documented path is checked against the OpenAPI document.</summary>
public sealed class Api : IDisposable
{
    private const int Many = 1_000_000;

    private readonly HttpClient _http;

    private Api(HttpClient http, OpenApi document)
    {
        _http = http;
        Document = document;
    }

    /// <summary>Where the host is.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>The OpenAPI document that the host serves.</summary>
    public OpenApi Document { get; }

    /// <summary>Fetches the document from a running host.</summary>
    public static async Task<Api> ConnectAsync(Uri baseAddress)
    {
        var http = AskingAgain.Client(baseAddress.ToString());
        // A Functions host asks for a key, unless it runs under the Core Tools.
        if (Environment.GetEnvironmentVariable("MUSIC_FUNCTIONS_KEY") is { Length: > 0 } key)
            http.DefaultRequestHeaders.Add("x-functions-key", key);
        return new Api(http, new OpenApi(JsonNode.Parse(await http.GetStringAsync("/api/openapi.json"))!));
    }

    public Task<Answer> GetAsync(string path, string? accept = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        return SendAsync(request);
    }

    /// <summary>Posts JSON text as it is.</summary>
    public Task<Answer> PostAsync(string path, string json, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return SendAsync(request);
    }

    /// <summary>Puts bytes.</summary>
    public Task<Answer> PutAsync(string path, byte[] body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = new ByteArrayContent(body) });

    /// <summary>
    /// Posts bytes of any type, or of none. Many are sent when the host asks for them: it waits a few seconds for the end of a body that it
    /// has refused, which a busy machine may not keep to, and breaks the connection off.
    /// </summary>
    public Task<Answer> PostAsync(string path, byte[] body, string? contentType)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.ExpectContinue = body.Length > Many;
        return SendAsync(request);
    }

    /// <summary>Server-sent events, each checked against the schema that the document has for it.</summary>
    internal async IAsyncEnumerable<SseEvent> FollowAsync(string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        // Without these a cache or a proxy on the way may keep events back.
        Assert.Equal(
            ("no-cache", "no"),
            (response.Headers.CacheControl?.ToString(), Assert.Single(response.Headers.GetValues("X-Accel-Buffering"))));
        await using var stream = await response.Content.ReadAsStreamAsync();
        await foreach (var happened in SseEvent.ReadAsync(stream))
        {
            Document.CheckSchema(happened.Data, happened.Name switch { "epoch" => "EpochEvent", "trial" => "Trial", _ => "StatusEvent" });
            yield return happened;
        }
    }

    /// <summary>Sends a request without a body.</summary>
    public Task<Answer> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        return SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request made elsewhere.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await _http.SendAsync(request))
        {
            var answer = new Answer(
                response.StatusCode,
                response.Content.Headers.ContentType?.MediaType,
                response.Headers.Location,
                await response.Content.ReadAsByteArrayAsync())
            {
                Headers = response.Headers.Concat(response.Content.Headers)
                    .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            };
            Document.Check(request.Method, request.RequestUri!.OriginalString, answer);
            if (answer.Status >= HttpStatusCode.BadRequest && request.Method != HttpMethod.Head) answer.CheckProblem();
            return answer;
        }
    }
}
