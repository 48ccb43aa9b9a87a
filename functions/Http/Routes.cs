namespace MusicPipeline.Functions.Http;

/// <summary>The routes of <see cref="Http.ApiRoutes"/> as triggers want them: without the prefix that host.json sets.</summary>
internal static class Routes
{
    public const string Sweeps = "sweeps";

    public const string Sweep = "sweeps/{id}";

    public const string CancelSweep = "sweeps/{id}/cancel";

    public const string PauseSweep = "sweeps/{id}/pause";

    public const string ResumeSweep = "sweeps/{id}/resume";

    public const string StopSweep = "sweeps/{id}/stop";

    public const string RetrySweep = "sweeps/{id}/retry";

    public const string ExtendSweep = "sweeps/{id}/extend";

    public const string SweepReport = "sweeps/{id}/report";

    public const string SweepEvents = "sweeps/{id}/events";

    public const string SweepFile = "sweeps/{id}/{file:file}";

    public const string SweepChart = "sweeps/{id}/charts/{chart}";

    public const string TrialFile = "trials/{id}/{file}";

    public const string BaselineFile = "baselines/{id}/{file}";

    public const string Datasets = "datasets";

    public const string DatasetFile = "datasets/{name}/{version}/{file}";

    public const string Audio = "audio/{*name}";

    public const string Predict = "predict";

    public const string Health = "health";

    public const string OpenApi = "openapi.json";
}
