using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using MusicPipeline.Functions.Sweeps;
using MusicPipeline.Http;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Functions.Http;

/// <summary>What becomes of a sweep over HTTP: bind, call core, answer.</summary>
public sealed class ControlEndpoints(SweepControl control, DurableClients clients)
{
    [Function(nameof(CancelSweep))]
    public Task<IResult> CancelSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.CancelSweep)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => AnswerAsync(id, client, control.CancelAsync, cancellationToken);

    [Function(nameof(PauseSweep))]
    public Task<IResult> PauseSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.PauseSweep)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => AnswerAsync(id, client, control.PauseAsync, cancellationToken);

    [Function(nameof(ResumeSweep))]
    public Task<IResult> ResumeSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ResumeSweep)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => AnswerAsync(id, client, control.ResumeAsync, cancellationToken);

    [Function(nameof(StopSweep))]
    public Task<IResult> StopSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.StopSweep)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => AnswerAsync(id, client, control.StopAsync, cancellationToken);

    [Function(nameof(RetrySweep))]
    public Task<IResult> RetrySweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.RetrySweep)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => AnswerAsync(id, client, control.RetryAsync, cancellationToken);

    [Function(nameof(ExtendSweep))]
    public async Task<IResult> ExtendSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.ExtendSweep)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var extension = await SweepRequestBody.ReadAsync(request.Body, cancellationToken);
        return await AnswerAsync(id, client, (sweep, token) => control.ExtendAsync(sweep, extension, token), cancellationToken);
    }

    [Function(nameof(DeleteSweep))]
    public async Task<IResult> DeleteSweep(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = Routes.Sweep)] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        await control.DeleteAsync(id, cancellationToken);
        return Results.NoContent();
    }

    private async Task<IResult> AnswerAsync(
        string id,
        DurableTaskClient client,
        Func<string, CancellationToken, Task<SweepState>> verb,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return Answers.Json(new ControlledSweep(id, await verb(id, cancellationToken)), StatusCodes.Status202Accepted);
    }
}
