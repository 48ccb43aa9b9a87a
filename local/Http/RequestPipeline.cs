using MusicPipeline.Http;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Http;

/// <summary>What every request goes through before and after its handler.</summary>
internal static class RequestPipeline
{
    /// <summary>Checks each request before anything else sees it, and answers every error with a problem document (RFC 9457).</summary>
    public static void UseRequestPipeline(this WebApplication app, OriginRules origins)
    {
        var faults = app.Services.GetRequiredService<RequestFaults>();
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
                RequestRules.Check(context);
                await next(context);
                // Of a path or a method that is none of the API's the server sets no more than the status.
                if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
                    await RequestFaults.AnswerTo(context.Request, context.Response.StatusCode).ExecuteAsync(context);
            }
            catch (Exception exception) when (RequestFaults.IsGivenUp(context, exception, app.Lifetime.ApplicationStopping))
            {
                // Nobody is left to answer, or nobody to answer any more.
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                context.Response.ContentLength = null;
                await faults.AnswerTo(context, exception).ExecuteAsync(context);
            }
        });
    }
}
