namespace MusicPipeline.Http;

/// <summary>
/// The description of the HTTP API, in OpenAPI 3.1. Written by hand: what Microsoft.AspNetCore.OpenApi makes of the handlers has none of
/// its 30 schemas, 100 answers of errors and 26 examples, since they answer <c>IResult</c>, and a Functions app cannot make it.
/// </summary>
public static class OpenApiDocument
{
    /// <summary>The document as UTF-8 JSON.</summary>
    public static byte[] Read()
    {
        using var resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("MusicPipeline.Http.openapi.json")
            ?? throw new InvalidOperationException("The OpenAPI document is not in the assembly.");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
