namespace MusicPipeline.Api;

/// <summary>The paths of the HTTP API, the same on every host.</summary>
public static class ApiRoutes
{
    /// <summary><c>POST</c> starts a sweep, <c>GET</c> lists them.</summary>
    public const string Sweeps = "/api/sweeps";

    /// <summary><c>GET</c>: a sweep with its trials.</summary>
    public const string Sweep = "/api/sweeps/{id}";

    /// <summary><c>POST</c>: cancels a sweep.</summary>
    public const string CancelSweep = "/api/sweeps/{id}/cancel";

    /// <summary><c>GET</c>: the report, as HTML or Markdown.</summary>
    public const string SweepReport = "/api/sweeps/{id}/report";

    /// <summary><c>GET</c>: the current version of every data set.</summary>
    public const string Datasets = "/api/datasets";

    /// <summary><c>GET</c>: a converted recording. Names may hold slashes.</summary>
    public const string Audio = "/api/audio/{**name}";

    /// <summary><c>POST</c>: classifies rows by a model.</summary>
    public const string Predict = "/api/predict";

    /// <summary><c>GET</c>: the OpenAPI document.</summary>
    public const string OpenApi = "/api/openapi.json";

    /// <summary>Where a sweep is to be asked for.</summary>
    public static string SweepLocation(string id) => $"{Sweeps}/{Uri.EscapeDataString(id)}";
}
