using MusicPipeline.Errors;
using MusicPipeline.Json;

namespace MusicPipeline.Local.Http;

/// <summary>Answers every error with a problem document (RFC 9457).</summary>
internal static class ProblemMiddleware
{
    public static void UseProblemDocuments(this WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            try
            {
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
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // Nobody is left to answer.
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                Log.RequestFailed(app.Logger, context.Request.Method, context.Request.Path, exception);
                await WriteAsync(context, Problem.Unexpected);
            }
        });
    }

    private static InputException Refused(BadHttpRequestException exception) =>
        exception.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? new InputException("the body is too long", "send less at once", kind: InputErrorKind.TooLarge, innerException: exception)
            : new InputException(
                $"the request cannot be read ({exception.Message.TrimEnd('.')})", "see /api/openapi.json", innerException: exception);

    private static async Task WriteAsync(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted) return;
        context.Response.StatusCode = problem.Status;
        context.Response.ContentLength = null;
        await context.Response.WriteAsJsonAsync(problem, PipelineJson.Options, Problem.MediaType, context.RequestAborted);
    }
}
