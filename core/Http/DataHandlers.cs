using Microsoft.AspNetCore.Http;
using MusicPipeline.Data;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;
using MusicPipeline.Uploads;

namespace MusicPipeline.Http;

/// <summary>Data sets, predictions, and what a host says of itself over HTTP.</summary>
public static class DataHandlers
{
    /// <summary>Lists the data sets, without their groups, of which there may be thousands.</summary>
    public static async Task<IResult> ListAsync(DatasetStore datasets, CancellationToken cancellationToken) =>
        Answers.Json((await datasets.ListAsync(cancellationToken)).Select(info => info with { Groups = null }).ToArray());

    /// <summary>Shows one with its versions.</summary>
    public static async Task<IResult> GetAsync(string name, DatasetStore datasets, CancellationToken cancellationToken) =>
        Answers.Json(await datasets.GetVersionsAsync(name, cancellationToken));

    /// <summary>Says what this worker is.</summary>
    public static IResult DescribeSystem(ITrainingDevices devices, SweepCapacity capacity, UploadLimit limit) =>
        Answers.Json(SystemView.Of(devices, capacity, limit));

    /// <summary>Classifies rows.</summary>
    public static async Task<IResult> PredictAsync(HttpRequest request, PredictionService predictions, CancellationToken cancellationToken)
    {
        var rows = await PredictionBody.ReadAsync(request.Body, request.ContentType, cancellationToken);
        return Answers.Json(await predictions.PredictAsync(request.Query["model"], rows, cancellationToken));
    }

    /// <summary>Says which instrument plays in a recording, and when.</summary>
    public static async Task<IResult> ClassifyAsync(HttpRequest request, PredictionService predictions, CancellationToken cancellationToken)
    {
        var recording = await BoundedBody.ReadAsync(request.Body, PredictionBody.MaxBytes, cancellationToken);
        using var stream = new MemoryStream(recording.ToArray(), writable: false);
        return Answers.Json(await predictions.ClassifyAsync(request.Query["model"], stream, cancellationToken));
    }

    /// <summary>Says whether the host can do its work.</summary>
    public static async Task<IResult> HealthAsync(HealthCheck health, CancellationToken cancellationToken) =>
        Answers.Json(await health.CheckAsync(cancellationToken));

    /// <summary>Hands out the OpenAPI document.</summary>
    public static IResult Describe() => Results.Bytes(OpenApiDocument.Read(), "application/json");

    /// <summary>Answers what no other route does.</summary>
    public static IResult Unknown(HttpRequest request) => RequestFaults.AnswerTo(
        request, PipelineApi.Fits(request.Path) ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound);
}
