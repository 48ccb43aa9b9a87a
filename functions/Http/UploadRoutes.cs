using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Http;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Http;

/// <summary>Triggers of the routes of uploads; those of the uploads themselves are in <see cref="Functions.Uploads"/>.</summary>
public sealed class UploadRoutes(ReceivedUploads uploads, SampleUploads samples, HealthCheck health, Rejections rejections)
{
    [Function(nameof(PutUpload))]
    public Task<IResult> PutUpload(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = ApiRoutes.Upload)] HttpRequest request,
        string container, string? name, CancellationToken cancellationToken) =>
        UploadHandlers.PutAsync(container, name, request, uploads, cancellationToken);

    [Function(nameof(GetUpload))]
    public Task<IResult> GetUpload(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Upload)] HttpRequest request,
        string container, string? name, CancellationToken cancellationToken) =>
        UploadHandlers.GetAsync(container, name, uploads, cancellationToken);

    [Function(nameof(TakeSamples))]
    public Task<IResult> TakeSamples(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.Samples)] HttpRequest request,
        CancellationToken cancellationToken) =>
        UploadHandlers.SamplesAsync(samples, health, cancellationToken);

    [Function(nameof(ListRejected))]
    public Task<IResult> ListRejected(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Rejected)] HttpRequest request,
        CancellationToken cancellationToken) =>
        UploadHandlers.RejectedAsync(rejections, cancellationToken);
}
