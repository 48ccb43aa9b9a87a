using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using MusicPipeline.Errors;

namespace MusicPipeline.Http;

/// <summary>
/// What every host asks of a request's body before it is read. A web page can send a form or plain text to any address
/// without asking, but not JSON; so nothing else is taken where something changes.
/// </summary>
public static class RequestRules
{
    /// <summary>Longest body of a route that takes JSON, in bytes.</summary>
    public const int MaxJsonBytes = 1 << 20;

    private const string Json = "application/json";

    /// <summary>Checks the headers of a request that has a body.</summary>
    /// <exception cref="InputException">The body is of a type that is not taken there, or too long.</exception>
    public static void Check(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            CheckBody(context.Request.Path, context.Request.ContentType, context.Request.ContentLength);
    }

    /// <summary>Checks the type and the length that the headers of a request with a body tell.</summary>
    /// <param name="path">Path of the request.</param>
    /// <param name="contentType">Its <c>Content-Type</c>.</param>
    /// <param name="contentLength">Its <c>Content-Length</c> in bytes; null where it tells none.</param>
    /// <exception cref="InputException">The body is of a type that is not taken there, or too long.</exception>
    public static void CheckBody(PathString path, string? contentType, long? contentLength)
    {
        // A file may be of any type, and how long is for those to say who take it in. No page of another site can send one: it would have
        // to ask before a PUT, and nobody would answer.
        if (path.StartsWithSegments("/api/uploads", StringComparison.OrdinalIgnoreCase)) return;
        // They change nothing, so that nobody is harmed by whoever sends what.
        var takesFiles = new[] { ApiRoutes.Predict, ApiRoutes.Classify }
            .Any(route => path.Equals("/" + route, StringComparison.OrdinalIgnoreCase));
        var maxBytes = takesFiles ? PredictionBody.MaxBytes : MaxJsonBytes;
        if (contentLength > maxBytes) throw BoundedBody.TooLong(maxBytes);
        if (takesFiles || MediaType(contentType) == Json) return;
        throw new InputException(
            $"a body of type '{contentType ?? "none"}' is not read here",
            $"send JSON, with the header 'Content-Type: {Json}'",
            kind: InputErrorKind.UnsupportedType);
    }

    /// <summary>The type in a <c>Content-Type</c>, without parameters and in small letters.</summary>
    internal static string? MediaType(string? contentType) => contentType?.Split(';', 2)[0].Trim().ToLowerInvariant();
}
