using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using MusicPipeline.Json;

namespace MusicPipeline.Http;

/// <summary>The kinds of answers, as every handler gives them.</summary>
internal static class Answers
{
    /// <summary>A value in the pipeline's JSON.</summary>
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, PipelineJson.Options, statusCode: status);

    /// <summary>A problem document (RFC 9457) in the pipeline's JSON, which <c>Results.Problem</c> would not write.</summary>
    public static IResult Problem(ProblemDetails problem) =>
        Results.Json(problem, PipelineJson.Options, "application/problem+json", problem.Status);

    /// <summary>A file of the results, whole or in ranges; a problem document where a range or a version is not there.</summary>
    public static IResult File(ResultFile file) => new FileAnswer(file);

    private sealed class FileAnswer(ResultFile file) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var version = EntityTagHeaderValue.Parse(file.ETag);
            var whole = Results.Stream(
                file.Content, file.ContentType, file.SavedAs, lastModified: null, version, enableRangeProcessing: true);
            await whole.ExecuteAsync(httpContext);
            var (request, response) = (httpContext.Request, httpContext.Response);
            if (response is not { StatusCode: >= 400, HasStarted: false }) return;
            response.ContentLength = null;
            await Problem(Problems.OfStatus(response.StatusCode, request)).ExecuteAsync(httpContext);
        }
    }
}
