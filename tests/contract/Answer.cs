using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MusicPipeline.Contract.Tests;

/// <summary>What the API answered.</summary>
public sealed record Answer(HttpStatusCode Status, string? MediaType, Uri? Location, byte[] Body)
{
    /// <summary>All headers, those of the body included.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The sentence of a problem document.</summary>
    public string Detail => Json["detail"]!.GetValue<string>();

    /// <summary>The same answer, where its status is the one expected.</summary>
    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"Expected {(int)status}, got {(int)Status}: {Text}");
        return this;
    }

    /// <summary>An error is a problem document as RFC 9457 defines it, whose status is the answer's.</summary>
    internal void CheckProblem()
    {
        Assert.Equal("application/problem+json", MediaType);
        Assert.StartsWith("urn:music-pipeline:problem:", Json["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(Json["title"]!.GetValue<string>());
        Assert.Equal((int)Status, Json["status"]!.GetValue<int>());
        Assert.NotEmpty(Detail);
    }
}
