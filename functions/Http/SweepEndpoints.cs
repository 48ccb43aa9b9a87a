using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Http;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Functions.Http;

/// <summary>Sweeps over HTTP: bind, call core, answer.</summary>
public sealed class SweepEndpoints(
    SweepService sweeps, SweepCatalog catalog, SweepEvents follow, DurableClients clients, ILogger<SweepEndpoints> logger)
{
    // The ingress of Container Apps cuts a request off after four minutes; a stream that ends before loses nothing.
    private static readonly TimeSpan LongestStream = TimeSpan.FromSeconds(210);

    [Function(nameof(StartSweep))]
    public async Task<IResult> StartSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.Sweeps)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        var asked = await SweepRequestBody.ReadAsync(request.Body, cancellationToken);
        var key = request.Headers["Idempotency-Key"].ToString();
        var started = await sweeps.StartAsync(asked, key.Length == 0 ? null : key, cancellationToken: cancellationToken);
        request.HttpContext.Response.Headers.Location = ApiRoutes.SweepLocation(started.Id);
        return Answers.Json(started, StatusCodes.Status202Accepted);
    }

    [Function(nameof(ListSweeps))]
    public async Task<IResult> ListSweeps(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Sweeps)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return Answers.Json(await catalog.ListAsync(cancellationToken));
    }

    [Function(nameof(GetSweep))]
    public async Task<IResult> GetSweep(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Sweep)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        var page = TrialPage.Parse(request.Query["skip"], request.Query["take"], request.Query["state"]);
        return Answers.Json(await catalog.GetAsync(id, page, cancellationToken));
    }

    [Function(nameof(ReadReport))]
    public async Task<IResult> ReadReport(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.SweepReport)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        var format = request.Query["format"].ToString();
        var report = await catalog.ReadReportAsync(
            id, format.Length == 0 ? null : format, request.Headers.Accept, cancellationToken);
        return Results.Bytes(report.Bytes, report.ContentType);
    }

    [Function(nameof(FollowSweep))]
    public async Task<IResult> FollowSweep(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.SweepEvents)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.HttpContext.RequestAborted);
        request.HttpContext.Response.RegisterForDispose(until);
        until.CancelAfter(LongestStream);
        var lastId = request.Headers[EventStream.LastEventId].ToString();
        if (await follow.HasToldEndAsync(id, lastId, cancellationToken)) return Results.NoContent();
        var events = await follow.FollowAsync(id, lastId, until.Token);
        foreach (var (name, value) in EventStream.Headers) request.HttpContext.Response.Headers[name] = value;
        return Results.Stream(
            async body =>
            {
                // The answer is written after the function has returned, where its client is not handed over any more.
                clients.Use(client);
                try
                {
                    await EventStream.WriteAsync(body, events, until.Token);
                }
                catch (Exception exception)
                {
                    // To the host every client that leaves is a failure; host.json keeps its word on this function out of the log.
                    Log.RequestFailed(logger, request.Method, request.Path, exception);
                    throw;
                }
            },
            EventStream.ContentType);
    }
}
