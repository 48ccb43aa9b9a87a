using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Api;
using MusicPipeline.Datasets;
using MusicPipeline.Sweeps;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Http;

/// <summary>Data sets, recordings, tables, predictions and the description of the API over HTTP.</summary>
public sealed class DataEndpoints(DatasetStore datasets, AudioCatalog audio, PredictionService predictions, SweepExports exports)
{
    [Function(nameof(ListDatasets))]
    public async Task<IResult> ListDatasets(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.Datasets)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Answers.Json(await datasets.ListAsync(cancellationToken));

    [Function(nameof(GetTrialTable))]
    public async Task<IResult> GetTrialTable(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.SweepTrials)] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        await TableAsync(id, SweepFiles.Trials, cancellationToken);

    [Function(nameof(GetHistoryTable))]
    public async Task<IResult> GetHistoryTable(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.SweepHistories)] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        await TableAsync(id, SweepFiles.Histories, cancellationToken);

    [Function(nameof(GetAudio))]
    public async Task<IResult> GetAudio(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.Audio)] HttpRequest request,
        string? name,
        CancellationToken cancellationToken) =>
        Answers.Json(await audio.GetAsync(name ?? "", cancellationToken));

    [Function(nameof(Predict))]
    public async Task<IResult> Predict(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = Routes.Predict)] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var model = request.Query["model"].ToString();
        var rows = await PredictionBody.ReadAsync(request.Body, request.ContentType, cancellationToken);
        return Answers.Json(await predictions.PredictAsync(model, rows, cancellationToken));
    }

    [Function(nameof(DescribeApi))]
    public IResult DescribeApi(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Routes.OpenApi)] HttpRequest request) =>
        Results.Bytes(OpenApiDocument.Read(), "application/json");

    private async Task<IResult> TableAsync(string id, string file, CancellationToken cancellationToken) =>
        Results.Stream(await exports.OpenAsync(id, file, cancellationToken), SweepExports.ContentType, $"{id}-{file}");
}
