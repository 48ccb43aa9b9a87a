using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using MusicPipeline.Http;

namespace MusicPipeline.Functions.Http;

/// <summary>Refuses a body by its headers, before anything of it is read.</summary>
internal sealed class BodyRules : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http) RequestRules.Check(http);
        return next(context);
    }
}
