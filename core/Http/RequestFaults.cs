using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Http;

/// <summary>
/// What goes wrong with requests: a problem document for the client, and a line in the log where it is not the client's fault.
/// </summary>
public sealed class RequestFaults(ILogger<RequestFaults> logger)
{
    /// <summary>Whether a handler broke off because nobody is left to answer: the client has gone, or the host has given up.</summary>
    public static bool IsGivenUp(HttpContext context, Exception exception, CancellationToken byHost) =>
        exception is OperationCanceledException && (context.RequestAborted.IsCancellationRequested || byHost.IsCancellationRequested);

    /// <summary>The answer to a request whose handler threw before anything was sent.</summary>
    public IResult AnswerTo(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case InputException input:
                return Answers.Problem(Problems.Of(input));
            case BadHttpRequestException refused:
                return Answers.Problem(Problems.Of(new InputException(
                    $"the request cannot be read ({refused.Message.TrimEnd('.')})", "see /api/openapi.json", innerException: refused)));
            case var fault when StorageAwayException.IsAway(fault):
                Log.StorageAway(logger, context.Request.Method, context.Request.Path, FaultText.FirstLine(exception.GetBaseException()));
                context.Response.Headers.RetryAfter = Problems.RetryAfter;
                return Answers.Problem(
                    exception is StorageAwayException ? Problems.StorageAway(exception.Message) : Problems.StorageAway());
            default:
                Tell(context.Request, exception);
                return Answers.Problem(Problems.Unexpected());
        }
    }

    /// <summary>The answer of a status that the server gave by itself, or that a route for everything else is to give.</summary>
    public static IResult AnswerTo(HttpRequest request, int status) => Answers.Problem(Problems.OfStatus(status, request));

    /// <summary>Logs a fault on the pipeline's side.</summary>
    internal void Tell(HttpRequest request, Exception exception) => Log.RequestFailed(logger, request.Method, request.Path, exception);
}
