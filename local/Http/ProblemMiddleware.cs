using Microsoft.AspNetCore.Http.Features;
using MusicPipeline.Errors;
using MusicPipeline.Http;
using MusicPipeline.Json;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Http;

/// <summary>Answers every error with a problem document (RFC 9457).</summary>
internal static class ProblemMiddleware
{
    /// <summary>Answers errors, and checks each request before anything else sees it.</summary>
    public static void UseProblemDocuments(this WebApplication app, OriginRules origins)
    {
        app.Use(async (context, next) =>
        {
            using var client = WaitingClient.Begin();
            context.Response.OnStarting(() =>
            {
                client.Answered();
                return Task.CompletedTask;
            });
            try
            {
                origins.Check(context.Request);
                if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
                    RequestRules.CheckBody(context.Request.Path, context.Request.ContentType, context.Request.ContentLength);
                await next(context);
                if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: not Problem.MediaType })
                    await WriteAsync(context, Problem.OfStatus(context.Response.StatusCode, context.Request.Method, context.Request.Path));
            }
            catch (InputException exception)
            {
                await WriteAsync(context, Problem.Of(exception));
            }
            catch (BadHttpRequestException exception)
            {
                await WriteAsync(context, Problem.Of(Refused(exception)));
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Nobody is left to answer, or nobody to answer any more.
            }
            catch (Exception exception) when (!context.Response.HasStarted && StorageAwayException.IsAway(exception))
            {
                Log.StorageAway(app.Logger, context.Request.Method, context.Request.Path, exception.GetBaseException().Message);
                await WriteAsync(context, exception is StorageAwayException away ? Problem.StorageAway(away.Message) : Problem.StorageAway());
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                Log.RequestFailed(app.Logger, context.Request.Method, context.Request.Path, exception);
                await WriteAsync(context, Problem.Unexpected);
            }
        });
    }

    private static InputException Refused(BadHttpRequestException exception) => new(
        $"the request cannot be read ({exception.Message.TrimEnd('.')})", "see /api/openapi.json", innerException: exception);

    private static async Task WriteAsync(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted) return;
        context.Response.StatusCode = problem.Status;
        context.Response.ContentLength = null;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = Problem.RetryAfter;
        await context.Response.WriteAsJsonAsync(problem, PipelineJson.Options, Problem.MediaType, context.RequestAborted);
    }
}
