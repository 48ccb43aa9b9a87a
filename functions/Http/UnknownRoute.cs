using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Errors;
using MusicPipeline.Http;

namespace MusicPipeline.Functions.Http;

/// <summary>
/// Answers what no other function does. The host tries routes in the order of the functions' names, so this name has
/// to stay the last one.
/// </summary>
public sealed class UnknownRoute
{
    [Function(nameof(UnknownRoute))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, Route = "{*path}")] HttpRequest request) =>
        Answers.Of(ApiRoutes.Fits(request.Path)
            ? Problem.MethodNotAllowed(request.Method, request.Path)
            : Problem.NothingAt(request.Path));
}
