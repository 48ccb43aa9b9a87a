using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using MusicPipeline.Http;
using MusicPipeline.Storage;

namespace MusicPipeline.Functions.Http;

/// <summary>Answers every error of an HTTP function with a problem document (RFC 9457).</summary>
internal sealed class ProblemMiddleware(RequestFaults faults) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var client = WaitingClient.Begin();
        try
        {
            await next(context);
        }
        catch (Exception exception) when (context.GetHttpContext() is { Response.HasStarted: false } http)
        {
            // Nobody is left to answer; the host tells of a client that has gone in either way, and in no order.
            if (RequestFaults.IsGivenUp(http, exception, context.CancellationToken)) return;
            var answer = faults.AnswerTo(http, exception);
            context.GetInvocationResult().Value = answer;
        }
    }
}
