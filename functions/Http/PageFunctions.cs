using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Http;

namespace MusicPipeline.Functions.Http;

/// <summary>Triggers of the page. It holds no data and has no key yet: it asks for one.</summary>
public sealed class PageFunctions
{
    [Function(nameof(ShowPage))]
    public IResult ShowPage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoutes.Page)] HttpRequest request) =>
        PageHandlers.Home(request);

    [Function(nameof(ReadPageFile))]
    public IResult ReadPageFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoutes.PageFile)] HttpRequest request, string? file) =>
        PageHandlers.File(file, request);
}
