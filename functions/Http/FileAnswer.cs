using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using MusicPipeline.Errors;
using MusicPipeline.Http;

namespace MusicPipeline.Functions.Http;

/// <summary>Answers with a file of the results, whole or in ranges; with a problem document where a range or a version is not there.</summary>
internal sealed class FileAnswer(ResultFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var whole = Results.Stream(
            file.Content, file.ContentType, file.SavedAs, lastModified: null, EntityTagHeaderValue.Parse(file.ETag), enableRangeProcessing: true);
        await whole.ExecuteAsync(httpContext);
        var (request, response) = (httpContext.Request, httpContext.Response);
        if (response is not { StatusCode: >= 400, HasStarted: false }) return;
        response.ContentLength = null;
        await Answers.Of(Problem.OfStatus(response.StatusCode, request.Method, request.Path)).ExecuteAsync(httpContext);
    }
}
