using MusicPipeline.Data;
using MusicPipeline.Http;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Local.Http;

/// <summary>Maps the routes to the services of core: bind, call, answer.</summary>
internal static class PipelineEndpoints
{
    public static void MapPipeline(this WebApplication app)
    {
        app.MapPost(ApiRoutes.Sweeps, StartAsync);
        app.MapRead(ApiRoutes.Sweeps, async (SweepCatalog sweeps, CancellationToken token) => Json(await sweeps.ListAsync(token)));
        app.MapRead(ApiRoutes.Sweep, async (
            string id, string? skip, string? take, string? state, SweepCatalog sweeps, CancellationToken token) =>
            Json(await sweeps.GetAsync(id, TrialPage.Parse(skip, take, state), token)));
        app.MapDelete(ApiRoutes.Sweep, async (string id, SweepControl control, CancellationToken token) =>
        {
            await control.DeleteAsync(id, token);
            return Results.NoContent();
        });
        MapControl(app, ApiRoutes.CancelSweep, control => control.CancelAsync);
        MapControl(app, ApiRoutes.PauseSweep, control => control.PauseAsync);
        MapControl(app, ApiRoutes.ResumeSweep, control => control.ResumeAsync);
        MapControl(app, ApiRoutes.StopSweep, control => control.StopAsync);
        MapControl(app, ApiRoutes.RetrySweep, control => control.RetryAsync);
        app.MapPost(ApiRoutes.ExtendSweep, ExtendAsync);
        app.MapRead(ApiRoutes.SweepReport, ReportAsync);
        app.MapRead(ApiRoutes.SweepEvents, EventsAsync);
        app.MapRead(ApiRoutes.Datasets, async (DatasetStore datasets, CancellationToken token) =>
            Json(await datasets.ListAsync(token)));
        app.MapPost(ApiRoutes.Predict, PredictAsync);
        app.MapRead(ApiRoutes.Health, async (HealthCheck health, CancellationToken token) => Json(await health.CheckAsync(token)));
        app.MapRead(ApiRoutes.OpenApi, () => Results.Bytes(OpenApiDocument.Read(), "application/json"));
        app.MapFiles();
    }

    /// <summary>Maps what changes nothing: <c>HEAD</c> is answered like <c>GET</c>, without the body.</summary>
    internal static void MapRead(this WebApplication app, string route, Delegate answer) =>
        app.MapMethods(route, [HttpMethods.Get, HttpMethods.Head], answer);

    private static async Task<IResult> StartAsync(HttpContext context, SweepService sweeps, CancellationToken token)
    {
        var request = await SweepRequestBody.ReadAsync(context.Request.Body, token);
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var started = await sweeps.StartAsync(request, key.Length == 0 ? null : key, cancellationToken: token);
        context.Response.Headers.Location = ApiRoutes.SweepLocation(started.Id);
        return Json(started, StatusCodes.Status202Accepted);
    }

    private static void MapControl(
        WebApplication app, string route, Func<SweepControl, Func<string, CancellationToken, Task<SweepState>>> verb) =>
        app.MapPost(route, async (string id, SweepControl control, CancellationToken token) =>
            Json(new ControlledSweep(id, await verb(control)(id, token)), StatusCodes.Status202Accepted));

    private static async Task<IResult> ExtendAsync(string id, HttpContext context, SweepControl control, CancellationToken token)
    {
        var extension = await SweepRequestBody.ReadAsync(context.Request.Body, token);
        return Json(new ControlledSweep(id, await control.ExtendAsync(id, extension, token)), StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ReportAsync(
        string id, string? format, HttpContext context, SweepCatalog sweeps, CancellationToken token)
    {
        var report = await sweeps.ReadReportAsync(id, format, context.Request.Headers.Accept, token);
        return Results.Bytes(report.Bytes, report.ContentType);
    }

    private static async Task<IResult> EventsAsync(
        string id, HttpContext context, SweepEvents sweeps, IHostApplicationLifetime host, CancellationToken token)
    {
        // A follower of a long sweep must not hold up the end of the host.
        var ended = CancellationTokenSource.CreateLinkedTokenSource(token, host.ApplicationStopping);
        context.Response.RegisterForDispose(ended);
        var lastId = context.Request.Headers[EventStream.LastEventId].ToString();
        if (await sweeps.HasToldEndAsync(id, lastId, token)) return Results.NoContent();
        var events = await sweeps.FollowAsync(id, lastId, ended.Token);
        foreach (var (name, value) in EventStream.Headers) context.Response.Headers[name] = value;
        return Results.Stream(body => EventStream.WriteAsync(body, events, ended.Token), EventStream.ContentType);
    }

    private static async Task<IResult> PredictAsync(
        string? model, HttpContext context, PredictionService predictions, CancellationToken token)
    {
        var rows = await PredictionBody.ReadAsync(context.Request.Body, context.Request.ContentType, token);
        return Json(await predictions.PredictAsync(model, rows, token));
    }

    internal static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, PipelineJson.Options, statusCode: status);
}
