using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Http;
using MusicPipeline.Uploads;

namespace MusicPipeline.Functions.Http;

/// <summary>The files of results over HTTP, whole or in ranges.</summary>
public sealed class FileEndpoints(ResultFiles files, AudioCatalog audio)
{
    [Function(nameof(ReadSweepFile))]
    public async Task<IResult> ReadSweepFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.SweepFile)] HttpRequest request,
        string id,
        string file,
        CancellationToken cancellationToken) =>
        new FileAnswer(await files.OpenSweepAsync(id, file, cancellationToken));

    [Function(nameof(ReadChart))]
    public async Task<IResult> ReadChart(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.SweepChart)] HttpRequest request,
        string id,
        string chart,
        CancellationToken cancellationToken) =>
        new FileAnswer(await files.OpenChartAsync(id, chart, cancellationToken));

    [Function(nameof(ReadTrialFile))]
    public async Task<IResult> ReadTrialFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.TrialFile)] HttpRequest request,
        string id,
        string file,
        CancellationToken cancellationToken) =>
        new FileAnswer(await files.OpenTrialAsync(id, file, cancellationToken));

    [Function(nameof(ReadBaselineFile))]
    public async Task<IResult> ReadBaselineFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.BaselineFile)] HttpRequest request,
        string id,
        string file,
        CancellationToken cancellationToken) =>
        new FileAnswer(await files.OpenBaselineAsync(id, file, cancellationToken));

    [Function(nameof(ReadDatasetFile))]
    public async Task<IResult> ReadDatasetFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.DatasetFile)] HttpRequest request,
        string name,
        string version,
        string file,
        CancellationToken cancellationToken) =>
        new FileAnswer(await files.OpenDatasetAsync(name, version, file, cancellationToken));

    [Function(nameof(GetAudio))]
    public async Task<IResult> GetAudio(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = Routes.Audio)] HttpRequest request,
        string? name,
        CancellationToken cancellationToken) =>
        await files.FindAudioAsync(name ?? "", cancellationToken) is { } file
            ? new FileAnswer(file)
            : Answers.Json(await audio.GetAsync(name ?? "", cancellationToken));
}
