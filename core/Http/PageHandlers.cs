using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using MusicPipeline.Web;

namespace MusicPipeline.Http;

/// <summary>The page, which does in a browser what the API does, and the files that it is made of.</summary>
public static class PageHandlers
{
    /// <summary>Hands out the document.</summary>
    public static IResult Home(HttpRequest request) => Answer(WebFiles.Document, request);

    /// <summary>Hands out a module, a style sheet or a library.</summary>
    public static IResult File(string? file, HttpRequest request) => Answer(file ?? "", request);

    private static IResult Answer(string name, HttpRequest request)
    {
        if (WebFiles.Find(name) is not { } file) return RequestFaults.AnswerTo(request, StatusCodes.Status404NotFound);
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = WebFiles.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Asked for with each visit and seldom sent: the modules of two versions must not meet in one browser.
        headers.CacheControl = "no-cache";
        return Results.Bytes(file.Bytes, file.ContentType, entityTag: EntityTagHeaderValue.Parse(file.ETag));
    }
}
