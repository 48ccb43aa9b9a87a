using System.Globalization;
using Microsoft.AspNetCore.Http;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Uploads;

namespace MusicPipeline.Http;

/// <summary>The files of results over HTTP, whole or in ranges.</summary>
public static class FileHandlers
{
    /// <summary>A file of a sweep.</summary>
    public static async Task<IResult> SweepAsync(string id, string file, ResultFiles files, CancellationToken cancellationToken) =>
        Answers.File(await files.OpenSweepAsync(id, file, cancellationToken));

    /// <summary>A picture of a sweep's report.</summary>
    public static async Task<IResult> ChartAsync(string id, string chart, ResultFiles files, CancellationToken cancellationToken) =>
        Answers.File(await files.OpenChartAsync(id, chart, cancellationToken));

    /// <summary>A file of a trial.</summary>
    public static async Task<IResult> TrialAsync(string id, string file, ResultFiles files, CancellationToken cancellationToken) =>
        Answers.File(await files.OpenTrialAsync(id, file, cancellationToken));

    /// <summary>A file of a baseline.</summary>
    public static async Task<IResult> BaselineAsync(string id, string file, ResultFiles files, CancellationToken cancellationToken) =>
        Answers.File(await files.OpenBaselineAsync(id, file, cancellationToken));

    /// <summary>A file of a data set's version; the picture of its classes is made when it is first asked for.</summary>
    public static async Task<IResult> DatasetAsync(
        string name, string version, string file, ResultFiles files, DatasetPictures pictures, CancellationToken cancellationToken)
    {
        if (file != DatasetPictures.FileName) return Answers.File(await files.OpenDatasetAsync(name, version, file, cancellationToken));
        // Refuses names that lead elsewhere, and versions that are not there.
        await using (var info = (await files.OpenDatasetAsync(name, version, DatasetFiles.Info, cancellationToken)).Content)
            return Answers.Json(await pictures.GetAsync(name, version, cancellationToken));
    }

    /// <summary>A converted recording, or a file of it.</summary>
    public static async Task<IResult> AudioAsync(
        string? name, ResultFiles files, AudioCatalog audio, CancellationToken cancellationToken) =>
        await files.FindAudioAsync(name ?? "", cancellationToken) is { } file
            ? Answers.File(file)
            : Answers.Json(await audio.GetAsync(name ?? "", cancellationToken));

    /// <summary>Lists converted recordings.</summary>
    public static async Task<IResult> RecordingsAsync(HttpRequest request, AudioCatalog audio, CancellationToken cancellationToken)
    {
        var (skip, take) = (Count(request.Query["skip"], 0, int.MaxValue, "skip"), Count(request.Query["take"], 100, 1000, "take"));
        return Answers.Json(await audio.ListAsync(skip, take, cancellationToken));
    }

    private static int Count(string? text, int otherwise, int most, string name) => text switch
    {
        null or "" => otherwise,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= most => count,
        _ => throw new InputException($"'{text}' is no value of {name}", $"give a whole number from 0 to {most}"),
    };
}
