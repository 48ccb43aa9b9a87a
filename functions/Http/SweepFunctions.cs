using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using MusicPipeline.Http;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Functions.Http;

/// <summary>Triggers of the routes of sweeps; <see cref="DurableClientMiddleware"/> hands the client to the services.</summary>
public sealed class SweepFunctions(
    SweepService sweeps, SweepCatalog catalog, SweepControl control, SweepEvents events, StreamLimits limits, RequestFaults faults)
{
    [Function(nameof(StartSweep))]
    public Task<IResult> StartSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.Sweeps)] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.StartAsync(request, sweeps, cancellationToken);

    [Function(nameof(ListSweeps))]
    public Task<IResult> ListSweeps(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Sweeps)] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.ListAsync(request, catalog, cancellationToken);

    [Function(nameof(GetSweep))]
    public Task<IResult> GetSweep(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Sweep)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.GetAsync(id, request, catalog, cancellationToken);

    [Function(nameof(DeleteSweep))]
    public Task<IResult> DeleteSweep(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = ApiRoutes.Sweep)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.DeleteAsync(id, control, cancellationToken);

    [Function(nameof(CancelSweep))]
    public Task<IResult> CancelSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.CancelSweep)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.ControlAsync(id, request, control, cancellationToken);

    [Function(nameof(PauseSweep))]
    public Task<IResult> PauseSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.PauseSweep)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.ControlAsync(id, request, control, cancellationToken);

    [Function(nameof(ResumeSweep))]
    public Task<IResult> ResumeSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.ResumeSweep)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.ControlAsync(id, request, control, cancellationToken);

    [Function(nameof(StopSweep))]
    public Task<IResult> StopSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.StopSweep)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.ControlAsync(id, request, control, cancellationToken);

    [Function(nameof(RetrySweep))]
    public Task<IResult> RetrySweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.RetrySweep)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.ControlAsync(id, request, control, cancellationToken);

    [Function(nameof(ExtendSweep))]
    public Task<IResult> ExtendSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.ExtendSweep)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.ControlAsync(id, request, control, cancellationToken);

    [Function(nameof(ReadReport))]
    public Task<IResult> ReadReport(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.SweepReport)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.ReportAsync(id, request, catalog, cancellationToken);

    [Function(nameof(FollowSweep))]
    public Task<IResult> FollowSweep(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.SweepEvents)] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SweepHandlers.FollowAsync(id, request, events, limits, faults, cancellationToken);
}
