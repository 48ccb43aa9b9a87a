using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Http;

/// <summary>Reads what was asked for from <c>sweep.json</c>, to start the same sweep again.</summary>
public static class SweepRecordBody
{
    // The failures of ten thousand trials are in it.
    private const int MaxBytes = 64 << 20;

    /// <summary>The request of a sweep on record, with the version of its data; also a request by itself.</summary>
    /// <exception cref="InputException">It is neither, or too long.</exception>
    public static async Task<SweepRequest> ReadAsync(Stream body, CancellationToken cancellationToken = default)
    {
        var bytes = await BoundedBody.ReadJsonAsync(body, MaxBytes, cancellationToken);
        var record = Parse(bytes.Span);
        if (record["request"] is not JsonObject request) return await RequestAsync(record, cancellationToken);
        foreach (var name in (string[])["dataset", "datasetVersion"])
        {
            if (request[name] is null && record[name] is { } recorded) request[name] = recorded.DeepClone();
        }

        return await RequestAsync(request, cancellationToken);
    }

    private static JsonObject Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject ?? throw NoRecord("it holds no object");
        }
        catch (JsonException exception)
        {
            throw NoRecord(JsonProblem.Of(exception), exception);
        }
        catch (ArgumentException exception)
        {
            // The reader of nodes says so of a property that is there twice.
            throw NoRecord("it has a property twice", exception);
        }
    }

    private static async Task<SweepRequest> RequestAsync(JsonObject request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(request.ToJsonString()));
        return await SweepRequestBody.ReadAsync(body, cancellationToken);
    }

    private static InputException NoRecord(string problem, Exception? cause = null) => new(
        $"this is no sweep ({problem})", "give the sweep.json of a sweep, such as out/sweeps/<sweep>/sweep.json", innerException: cause);
}
