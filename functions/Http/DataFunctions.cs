using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Data;
using MusicPipeline.Http;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Http;

/// <summary>Triggers of the routes of data sets, of predictions, and of what the app says of itself.</summary>
public sealed class DataFunctions(
    DatasetStore datasets,
    PredictionService predictions,
    SweepComparison comparison,
    SweepPreview preview,
    HealthCheck health,
    ITrainingDevices devices,
    SweepCapacity capacity,
    UploadLimit limit)
{
    [Function(nameof(ListDatasets))]
    public Task<IResult> ListDatasets(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Datasets)] HttpRequest request,
        CancellationToken cancellationToken) =>
        DataHandlers.ListAsync(datasets, cancellationToken);

    [Function(nameof(GetDataset))]
    public Task<IResult> GetDataset(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Dataset)] HttpRequest request,
        string name, CancellationToken cancellationToken) =>
        DataHandlers.GetAsync(name, datasets, cancellationToken);

    [Function(nameof(PreviewSweep))]
    public Task<IResult> PreviewSweep(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.Plan)] HttpRequest request,
        CancellationToken cancellationToken) =>
        SweepHandlers.PlanAsync(request, preview, capacity, cancellationToken);

    [Function(nameof(DescribeRequests))]
    public IResult DescribeRequests(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Vocabulary)] HttpRequest request) =>
        SweepHandlers.Describe();

    [Function(nameof(CompareTrials))]
    public Task<IResult> CompareTrials(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Compare)] HttpRequest request,
        CancellationToken cancellationToken) =>
        SweepHandlers.CompareAsync(request, comparison, cancellationToken);

    [Function(nameof(DescribeSystem))]
    public IResult DescribeSystem(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.System)] HttpRequest request) =>
        DataHandlers.DescribeSystem(devices, capacity, limit);

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
