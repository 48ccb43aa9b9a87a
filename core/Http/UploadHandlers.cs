using Microsoft.AspNetCore.Http;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Http;

/// <summary>Uploads over HTTP, and what became of all uploads.</summary>
public static class UploadHandlers
{
    /// <summary>Takes a file in.</summary>
    public static async Task<IResult> PutAsync(
        string container, string? name, HttpRequest request, ReceivedUploads uploads, CancellationToken cancellationToken)
    {
        var received = await uploads.ReceiveAsync(container, NameOf(name), request.Body, request.ContentLength, cancellationToken);
        request.HttpContext.Response.Headers.Location = request.Path.ToUriComponent();
        return Answers.Json(received, StatusCodes.Status202Accepted);
    }

    /// <summary>Says what became of one.</summary>
    public static async Task<IResult> GetAsync(
        string container, string? name, ReceivedUploads uploads, CancellationToken cancellationToken) =>
        Answers.Json(await uploads.GetAsync(container, NameOf(name), cancellationToken));

    /// <summary>Uploads the samples that come along.</summary>
    public static async Task<IResult> SamplesAsync(SampleUploads samples, HealthCheck health, CancellationToken cancellationToken)
    {
        await health.CheckAsync(cancellationToken);
        using var client = WaitingClient.BeginPatiently();
        return Answers.Json(await samples.UploadAsync(cancellationToken), StatusCodes.Status202Accepted);
    }

    /// <summary>Lists those that were rejected.</summary>
    public static async Task<IResult> RejectedAsync(Rejections rejections, CancellationToken cancellationToken) =>
        Answers.Json(await rejections.ListAsync(cancellationToken));

    // Servers leave an escaped slash as it is.
    private static string NameOf(string? name) => AudioCatalog.Spellings(name ?? "").Last();
}
