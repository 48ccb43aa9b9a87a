using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MusicPipeline.Errors;

namespace MusicPipeline.Http;

/// <summary>What problem documents say (RFC 9457): the kind of problem, the same at every occurrence, and this occurrence.</summary>
internal static class Problems
{
    /// <summary>After how many seconds to ask again where storage did not answer: the header <c>Retry-After</c>.</summary>
    public const string RetryAfter = "5";

    /// <summary>The document of an input error; it names the property of the body that is wrong, where it is a single one.</summary>
    public static ProblemDetails Of(InputException exception)
    {
        var (status, name, title) = exception.Kind switch
        {
            InputErrorKind.Forbidden => (403, "forbidden", "Forbidden"),
            InputErrorKind.NotFound => (404, "not-found", "Not found"),
            InputErrorKind.Conflict => (409, "conflict", "Not possible in the present state"),
            InputErrorKind.UnsupportedType => (415, "unsupported-type", "Unsupported media type"),
            InputErrorKind.TooLarge => (413, "too-large", "Too large"),
            InputErrorKind.KeyReused => (422, "key-reused", "Idempotency key used for another request"),
            _ => (400, "invalid", "Invalid request"),
        };
        var problem = Of(status, name, title, exception.Message);
        if (exception.Field is { } field) problem.Extensions["field"] = field;
        return problem;
    }

    /// <summary>The document of a fault on the pipeline's side; its cause goes to the log alone.</summary>
    public static ProblemDetails Unexpected() => Of(
        500,
        "unexpected",
        "Unexpected error",
        "Something went wrong on the pipeline's side; try again, and look into the log if it stays.");

    /// <summary>The document of storage that does not answer; its cause goes to the log alone.</summary>
    public static ProblemDetails StorageAway(string detail = "The storage account does not answer; try again in some seconds.") =>
        Of(503, "storage", "Storage does not answer", detail);

    /// <summary>The document of a status that a server answers by itself.</summary>
    public static ProblemDetails OfStatus(int status, HttpRequest request) => status switch
    {
        404 => Of(404, "not-found", "Not found", $"There is nothing at {request.Path}; see /api/openapi.json."),
        405 => Of(405, "method", "Method not allowed", $"{request.Method} is not possible on {request.Path}; see /api/openapi.json."),
        412 => Of(412, "changed", "Changed", $"{request.Path} is not in the version that was asked for; read it again."),
        416 => Of(416, "range", "Range not satisfiable", $"{request.Path} has no such range; Content-Range tells its length."),
        _ => new()
        {
            Type = "about:blank",
            Title = "Request failed",
            Status = status,
            Detail = $"{request.Method} {request.Path} was answered with {status}.",
        },
    };

    private static ProblemDetails Of(int status, string name, string title, string detail) =>
        new() { Type = $"urn:music-pipeline:problem:{name}", Title = title, Status = status, Detail = detail };
}
