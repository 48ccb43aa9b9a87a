using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Functions.Http;

/// <summary>Answers every error of an HTTP function with a problem document (RFC 9457).</summary>
internal sealed class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
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
            var hasGone = http.RequestAborted.IsCancellationRequested || context.CancellationToken.IsCancellationRequested;
            if (exception is OperationCanceledException && hasGone) return;
            var answer = Answers.Of(Describe(http.Request, exception));
            if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status503ServiceUnavailable }) http.Response.Headers.RetryAfter = Problem.RetryAfter;
            context.GetInvocationResult().Value = answer;
        }
    }

    private Problem Describe(HttpRequest request, Exception exception)
    {
        switch (exception)
        {
            case InputException input:
                return Problem.Of(input);
            case BadHttpRequestException refused:
                return Problem.Of(new InputException(
                    $"the request cannot be read ({refused.Message.TrimEnd('.')})", "see /api/openapi.json", innerException: refused));
            case var fault when StorageAwayException.IsAway(fault):
                Log.StorageAway(logger, request.Method, request.Path, exception.GetBaseException().Message);
                return exception is StorageAwayException ? Problem.StorageAway(exception.Message) : Problem.StorageAway();
            default:
                Log.RequestFailed(logger, request.Method, request.Path, exception);
                return Problem.Unexpected;
        }
    }
}
