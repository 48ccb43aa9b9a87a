using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Data;
using MusicPipeline.Http;

namespace MusicPipeline.Functions.Http;

/// <summary>Data sets, predictions and the description of the API over HTTP.</summary>
public sealed class DataEndpoints(DatasetStore datasets, PredictionService predictions)
{
    [Function(nameof(ListDatasets))]
    public async Task<IResult> ListDatasets(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Datasets)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Answers.Json(await datasets.ListAsync(cancellationToken));

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
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.OpenApi)] HttpRequest request) =>
        Results.Bytes(OpenApiDocument.Read(), "application/json");
}
