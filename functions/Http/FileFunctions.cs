using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Http;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Http;

/// <summary>Triggers of the routes that hand out files.</summary>
public sealed class FileFunctions(ResultFiles files, DatasetPictures pictures, AudioCatalog audio)
{
    [Function(nameof(ReadSweepFile))]
    public Task<IResult> ReadSweepFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.SweepFile)] HttpRequest request,
        string id, string file, CancellationToken cancellationToken) =>
        FileHandlers.SweepAsync(id, file, files, cancellationToken);

    [Function(nameof(ReadChart))]
    public Task<IResult> ReadChart(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.SweepChart)] HttpRequest request,
        string id, string chart, CancellationToken cancellationToken) =>
        FileHandlers.ChartAsync(id, chart, files, cancellationToken);

    [Function(nameof(ReadTrialFile))]
    public Task<IResult> ReadTrialFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.TrialFile)] HttpRequest request,
        string id, string file, CancellationToken cancellationToken) =>
        FileHandlers.TrialAsync(id, file, files, cancellationToken);

    [Function(nameof(ReadBaselineFile))]
    public Task<IResult> ReadBaselineFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.BaselineFile)] HttpRequest request,
        string id, string file, CancellationToken cancellationToken) =>
        FileHandlers.BaselineAsync(id, file, files, cancellationToken);

    [Function(nameof(ReadDatasetFile))]
    public Task<IResult> ReadDatasetFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.DatasetFile)] HttpRequest request,
        string name, string version, string file, CancellationToken cancellationToken) =>
        FileHandlers.DatasetAsync(name, version, file, files, pictures, cancellationToken);

    [Function(nameof(GetAudio))]
    public Task<IResult> GetAudio(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Audio)] HttpRequest request,
        string? name, CancellationToken cancellationToken) =>
        FileHandlers.AudioAsync(name, files, audio, cancellationToken);

    [Function(nameof(ListRecordings))]
    public Task<IResult> ListRecordings(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Recordings)] HttpRequest request,
        CancellationToken cancellationToken) =>
        FileHandlers.RecordingsAsync(request, audio, cancellationToken);
}
