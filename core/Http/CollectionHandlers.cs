using Microsoft.AspNetCore.Http;
using MusicPipeline.Collections;

namespace MusicPipeline.Http;

/// <summary>Collections of labelled recordings over HTTP.</summary>
public static class CollectionHandlers
{
    /// <summary>Lists them.</summary>
    public static async Task<IResult> ListAsync(CollectService collections, CancellationToken cancellationToken) =>
        Answers.Json(await collections.ListAsync(cancellationToken));

    /// <summary>Shows one.</summary>
    public static async Task<IResult> GetAsync(string name, CollectService collections, CancellationToken cancellationToken) =>
        Answers.Json(await collections.GetAsync(name, cancellationToken));

    /// <summary>Starts making a data set of one.</summary>
    public static async Task<IResult> CollectAsync(
        string name, HttpRequest request, CollectService collections, CancellationToken cancellationToken)
    {
        await collections.StartAsync(name, request.Query["recipe"] is [{ Length: > 0 } recipe] ? recipe : null, cancellationToken);
        request.HttpContext.Response.Headers.Location = ApiRoutes.CollectionLocation(name);
        return Answers.Json(await collections.GetAsync(name, cancellationToken), StatusCodes.Status202Accepted);
    }

    /// <summary>Hands out a file of one.</summary>
    public static async Task<IResult> FileAsync(string name, string file, ResultFiles files, CancellationToken cancellationToken) =>
        Answers.File(await files.OpenCollectionAsync(name, file, cancellationToken));
}
