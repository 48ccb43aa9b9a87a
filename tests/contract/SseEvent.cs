using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

/// <summary>A server-sent event.</summary>
internal sealed record SseEvent(string Name, string? Id, JsonNode Data)
{
    /// <summary>Reads events until the stream ends.</summary>
    public static async IAsyncEnumerable<SseEvent> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var (name, id, data) = ("message", default(string), default(string));
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length > 0) Assert.True(line[0] == ':' || line.StartsWith("retry: ", StringComparison.Ordinal), line);
            if (line.Length > 0 || data is null) continue;
            yield return new SseEvent(name, id, JsonNode.Parse(data)!);
            (name, id, data) = ("message", null, null);
        }
    }
}
