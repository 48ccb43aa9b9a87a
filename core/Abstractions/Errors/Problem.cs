namespace MusicPipeline.Errors;

/// <summary>
/// A problem document as RFC 9457 defines it (<c>application/problem+json</c>), for every HTTP host of the pipeline.
/// </summary>
/// <param name="Type">A URI that names the kind of problem.</param>
/// <param name="Title">The kind of problem in words, the same at every occurrence.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Detail">This occurrence: what is wrong and what to do.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    /// <summary>The media type of a problem document.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The document of an input error.</summary>
    public static Problem Of(InputException exception)
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
        return new Problem($"urn:music-pipeline:problem:{name}", title, status, exception.Message);
    }

    /// <summary>The document of a fault on the pipeline's side; its cause goes to the log alone.</summary>
    public static Problem Unexpected { get; } = new(
        "urn:music-pipeline:problem:unexpected",
        "Unexpected error",
        500,
        "Something went wrong on the pipeline's side; try again, and look into the log if it stays.");

    /// <summary>After how many seconds to ask again where storage did not answer: the header <c>Retry-After</c>.</summary>
    public const string RetryAfter = "5";

    /// <summary>The document of storage that does not answer; its cause goes to the log alone.</summary>
    public static Problem StorageAway(string detail = "The storage account does not answer; try again in some seconds.") =>
        new("urn:music-pipeline:problem:storage", "Storage does not answer", 503, detail);

    /// <summary>The document of a path that no route of the API has.</summary>
    public static Problem NothingAt(string path) => new(
        "urn:music-pipeline:problem:not-found", "Not found", 404, $"There is nothing at {path}; see /api/openapi.json.");

    /// <summary>The document of a status that a server answers by itself.</summary>
    public static Problem OfStatus(int status, string method, string path) => status switch
    {
        404 => NothingAt(path),
        405 => MethodNotAllowed(method, path),
        412 => new("urn:music-pipeline:problem:changed", "Changed", 412, $"{path} is not in the version that was asked for; read it again."),
        416 => new("urn:music-pipeline:problem:range", "Range not satisfiable", 416, $"{path} has no such range; Content-Range tells its length."),
        _ => new("about:blank", "Request failed", status, $"{method} {path} was answered with {status}."),
    };

    /// <summary>The document of a method that a route does not take.</summary>
    public static Problem MethodNotAllowed(string method, string path) => new(
        "urn:music-pipeline:problem:method",
        "Method not allowed",
        405,
        $"{method} is not possible on {path}; see /api/openapi.json.");
}
