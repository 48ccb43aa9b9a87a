namespace MusicPipeline.Http;

/// <summary>The paths of the HTTP API, the same on every host.</summary>
public static class ApiRoutes
{
    /// <summary><c>POST</c> starts a sweep, <c>GET</c> lists them.</summary>
    public const string Sweeps = "/api/sweeps";

    /// <summary><c>GET</c>: a sweep with its trials; <c>DELETE</c> deletes it.</summary>
    public const string Sweep = "/api/sweeps/{id}";

    /// <summary><c>POST</c>: cancels a sweep.</summary>
    public const string CancelSweep = "/api/sweeps/{id}/cancel";

    /// <summary><c>POST</c>: pauses a sweep.</summary>
    public const string PauseSweep = "/api/sweeps/{id}/pause";

    /// <summary><c>POST</c>: goes on with a sweep that was paused, stopped or cancelled.</summary>
    public const string ResumeSweep = "/api/sweeps/{id}/resume";

    /// <summary><c>POST</c>: lets a sweep finish what runs, and start no more.</summary>
    public const string StopSweep = "/api/sweeps/{id}/stop";

    /// <summary><c>POST</c>: runs what failed of a sweep again.</summary>
    public const string RetrySweep = "/api/sweeps/{id}/retry";

    /// <summary><c>POST</c>: extends a sweep by more points or more epochs.</summary>
    public const string ExtendSweep = "/api/sweeps/{id}/extend";

    /// <summary><c>GET</c>: the report, as HTML or Markdown.</summary>
    public const string SweepReport = "/api/sweeps/{id}/report";

    /// <summary><c>GET</c>: what happens in a sweep, as server-sent events.</summary>
    public const string SweepEvents = "/api/sweeps/{id}/events";

    /// <summary><c>GET</c>: one of <see cref="ResultFiles.OfSweep"/>; a name with a dot, so that it is none of the routes beside it.</summary>
    public const string SweepFile = "/api/sweeps/{id}/{file:file}";

    /// <summary><c>GET</c>: a picture of a sweep's report.</summary>
    public const string SweepChart = "/api/sweeps/{id}/charts/{chart}";

    /// <summary><c>GET</c>: one of <see cref="ResultFiles.OfTrial"/>.</summary>
    public const string TrialFile = "/api/trials/{id}/{file}";

    /// <summary><c>GET</c>: one of <see cref="ResultFiles.OfBaseline"/>.</summary>
    public const string BaselineFile = "/api/baselines/{id}/{file}";

    /// <summary><c>GET</c>: the current version of every data set.</summary>
    public const string Datasets = "/api/datasets";

    /// <summary><c>GET</c>: one of <see cref="ResultFiles.OfDataset"/>.</summary>
    public const string DatasetFile = "/api/datasets/{name}/{version}/{file}";

    /// <summary>
    /// <c>GET</c>: a converted recording or, with one of <see cref="Uploads.AudioFiles.All"/> behind its name, that file.
    /// Names may hold slashes.
    /// </summary>
    public const string Audio = "/api/audio/{**name}";

    /// <summary><c>POST</c>: classifies rows by a model.</summary>
    public const string Predict = "/api/predict";

    /// <summary><c>GET</c>: whether storage answers, and which version runs; asks for no key.</summary>
    public const string Health = "/api/health";

    /// <summary><c>GET</c>: the OpenAPI document.</summary>
    public const string OpenApi = "/api/openapi.json";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [
            Sweeps, Sweep, CancelSweep, PauseSweep, ResumeSweep, StopSweep, RetrySweep, ExtendSweep,
            SweepReport, SweepEvents, SweepFile, SweepChart, TrialFile, BaselineFile,
            Datasets, DatasetFile, Audio, Predict, Health, OpenApi,
        ];

    /// <summary>Whether a path fits one of the routes, so that only its method can be wrong.</summary>
    public static bool Fits(string path) => All.Any(route => Fits(route, path));

    /// <summary>Where a sweep is to be asked for.</summary>
    public static string SweepLocation(string id) => $"{Sweeps}/{Uri.EscapeDataString(id)}";

    private static bool Fits(string route, string path)
    {
        var (wanted, given) = (route.Split('/'), path.Split('/'));
        for (var index = 0; index < wanted.Length; index++)
        {
            if (wanted[index].StartsWith("{**", StringComparison.Ordinal)) return true;
            if (index >= given.Length) return false;
            if (wanted[index].EndsWith(":file}", StringComparison.Ordinal) && !given[index].Contains('.', StringComparison.Ordinal)) return false;
            if (wanted[index] is ['{', ..] ? given[index].Length == 0 : !wanted[index].Equals(given[index], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return wanted.Length == given.Length;
    }
}
