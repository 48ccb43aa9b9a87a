using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Data;
using MusicPipeline.Http;

namespace MusicPipeline.Functions.Http;

/// <summary>Triggers of the routes of data sets, of predictions, and of what the app says of itself.</summary>
public sealed class DataFunctions(DatasetStore datasets, PredictionService predictions, HealthCheck health)
{
    [Function(nameof(ListDatasets))]
    public Task<IResult> ListDatasets(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Datasets)] HttpRequest request,
        CancellationToken cancellationToken) =>
        DataHandlers.ListAsync(datasets, cancellationToken);

    [Function(nameof(Predict))]
    public Task<IResult> Predict(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.Predict)] HttpRequest request,
        CancellationToken cancellationToken) =>
        DataHandlers.PredictAsync(request, predictions, cancellationToken);

    [Function(nameof(Classify))]
    public Task<IResult> Classify(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.Classify)] HttpRequest request,
        CancellationToken cancellationToken) =>
        DataHandlers.ClassifyAsync(request, predictions, cancellationToken);

    // Probes have no key.
    [Function(nameof(CheckHealth))]
    public Task<IResult> CheckHealth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ApiRoutes.Health)] HttpRequest request,
        CancellationToken cancellationToken) =>
        DataHandlers.HealthAsync(health, cancellationToken);

    [Function(nameof(DescribeApi))]
    public IResult DescribeApi(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.OpenApi)] HttpRequest request) =>
        DataHandlers.Describe();

    /// <summary>
    /// Answers what no other function does. The host tries routes in the order of the functions' names, so this name has to stay
    /// the last one.
    /// </summary>
    [Function(nameof(UnknownRoute))]
    public IResult UnknownRoute([HttpTrigger(AuthorizationLevel.Function, Route = ApiRoutes.Unknown)] HttpRequest request) =>
        DataHandlers.Unknown(request);
}
