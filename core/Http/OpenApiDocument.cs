namespace MusicPipeline.Http;

/// <summary>The description of the HTTP API, in OpenAPI 3.1.</summary>
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
