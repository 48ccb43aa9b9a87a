namespace MusicPipeline.Functions.Http;

/// <summary>The routes of <see cref="Api.ApiRoutes"/> as triggers want them: without the prefix that host.json sets.</summary>
internal static class Routes
{
    public const string Sweeps = "sweeps";

    public const string Sweep = "sweeps/{id}";

    public const string CancelSweep = "sweeps/{id}/cancel";

    public const string SweepReport = "sweeps/{id}/report";

    public const string SweepEvents = "sweeps/{id}/events";

    public const string Datasets = "datasets";

    public const string Audio = "audio/{*name}";

    public const string Predict = "predict";

    public const string OpenApi = "openapi.json";
}
