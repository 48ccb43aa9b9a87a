using Microsoft.Net.Http.Headers;
using MusicPipeline.Http;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Http;

/// <summary>Maps the routes that hand out files of results, whole or in ranges.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this WebApplication app)
    {
        app.MapRead(ApiRoutes.SweepFile, async (string id, string file, ResultFiles files, CancellationToken token) =>
            Of(await files.OpenSweepAsync(id, file, token)));
        app.MapRead(ApiRoutes.SweepChart, async (string id, string chart, ResultFiles files, CancellationToken token) =>
            Of(await files.OpenChartAsync(id, chart, token)));
        app.MapRead(ApiRoutes.TrialFile, async (string id, string file, ResultFiles files, CancellationToken token) =>
            Of(await files.OpenTrialAsync(id, file, token)));
        app.MapRead(ApiRoutes.BaselineFile, async (string id, string file, ResultFiles files, CancellationToken token) =>
            Of(await files.OpenBaselineAsync(id, file, token)));
        app.MapRead(ApiRoutes.DatasetFile, async (string name, string version, string file, ResultFiles files, CancellationToken token) =>
            Of(await files.OpenDatasetAsync(name, version, file, token)));
        app.MapRead(ApiRoutes.Audio, async (string? name, ResultFiles files, AudioCatalog audio, CancellationToken token) =>
            await files.FindAudioAsync(name ?? "", token) is { } file ? Of(file) : PipelineEndpoints.Json(await audio.GetAsync(name ?? "", token)));
    }

    private static IResult Of(ResultFile file) => Results.Stream(
        file.Content, file.ContentType, file.SavedAs, lastModified: null, EntityTagHeaderValue.Parse(file.ETag), enableRangeProcessing: true);
}
