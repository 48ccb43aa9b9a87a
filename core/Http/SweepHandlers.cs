using Microsoft.AspNetCore.Http;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Http;

/// <summary>Sweeps over HTTP: bind, call core, answer.</summary>
public static class SweepHandlers
{
    /// <summary>Starts a sweep.</summary>
    public static async Task<IResult> StartAsync(HttpRequest request, SweepService sweeps, CancellationToken cancellationToken)
    {
        var asked = await SweepRequestBody.ReadAsync(request.Body, cancellationToken);
        var key = NullIfEmpty(request.Headers["Idempotency-Key"]);
        var started = await sweeps.StartAsync(asked, key, cancellationToken: cancellationToken);
        request.HttpContext.Response.Headers.Location = ApiRoutes.SweepLocation(started.Id);
        return Answers.Json(started, StatusCodes.Status202Accepted);
    }

    /// <summary>Says what one would come to.</summary>
    public static async Task<IResult> PlanAsync(
        HttpRequest request, SweepPreview preview, SweepCapacity capacity, CancellationToken cancellationToken)
    {
        var asked = await SweepRequestBody.ReadAsync(request.Body, cancellationToken);
        return Answers.Json(await preview.GetAsync(asked, asked.MaxParallel ?? capacity.ParallelTrials, cancellationToken));
    }

    /// <summary>Says what a request may say.</summary>
    public static IResult Describe() => Answers.Json(Vocabulary.Own);

    /// <summary>Lists them, or those with some tags or in a state.</summary>
    public static async Task<IResult> ListAsync(HttpRequest request, SweepCatalog sweeps, CancellationToken cancellationToken)
    {
        var filter = SweepFilter.Parse(request.Query["tag"], request.Query["state"]);
        return Answers.Json(await sweeps.ListAsync(filter, cancellationToken));
    }

    /// <summary>Shows one, with a page of its trials.</summary>
    public static async Task<IResult> GetAsync(string id, HttpRequest request, SweepCatalog sweeps, CancellationToken cancellationToken)
    {
        var page = TrialPage.Parse(request.Query["skip"], request.Query["take"], request.Query["state"]);
        return Answers.Json(await sweeps.GetAsync(id, page, cancellationToken));
    }

    /// <summary>Compares trials, and sweeps by their best ones.</summary>
    public static async Task<IResult> CompareAsync(HttpRequest request, SweepComparison comparison, CancellationToken cancellationToken)
    {
        var ids = request.Query["of"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Answers.Json(await comparison.GetAsync([.. ids.Distinct(StringComparer.Ordinal)], cancellationToken));
    }

    /// <summary>Deletes one.</summary>
    public static async Task<IResult> DeleteAsync(string id, SweepControl control, CancellationToken cancellationToken)
    {
        await control.DeleteAsync(id, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>Does with one what the end of the path says.</summary>
    public static async Task<IResult> ControlAsync(
        string id, HttpRequest request, SweepControl control, CancellationToken cancellationToken)
    {
        var verb = request.Path.Value!.TrimEnd('/').Split('/')[^1].ToLowerInvariant();
        var state = verb switch
        {
            "cancel" => await control.CancelAsync(id, cancellationToken),
            "pause" => await control.PauseAsync(id, cancellationToken),
            "resume" => await control.ResumeAsync(id, cancellationToken),
            "stop" => await control.StopAsync(id, cancellationToken),
            "retry" => await control.RetryAsync(id, cancellationToken),
            "extend" => await control.ExtendAsync(id, await SweepRequestBody.ReadAsync(request.Body, cancellationToken), cancellationToken),
            _ => throw new ArgumentException($"No sweep can be asked to {verb}.", nameof(request)),
        };
        return Answers.Json(new ControlledSweep(id, state), StatusCodes.Status202Accepted);
    }

    /// <summary>Hands out the report of one.</summary>
    public static async Task<IResult> ReportAsync(string id, HttpRequest request, SweepCatalog sweeps, CancellationToken cancellationToken)
    {
        var report = await sweeps.ReadReportAsync(id, NullIfEmpty(request.Query["format"]), request.Headers.Accept, cancellationToken);
        return Results.Bytes(report.Bytes, report.ContentType);
    }

    /// <summary>Tells what happens in one, as server-sent events.</summary>
    public static async Task<IResult> FollowAsync(
        string id, HttpRequest request, SweepEvents sweeps, StreamLimits limits, RequestFaults faults, CancellationToken cancellationToken)
    {
        var response = request.HttpContext.Response;
        var until = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, request.HttpContext.RequestAborted, limits.Stopping);
        response.RegisterForDispose(until);
        until.CancelAfter(limits.Longest);
        var lastId = request.Headers[EventStream.LastEventId].ToString();
        if (await sweeps.HasToldEndAsync(id, lastId, cancellationToken)) return Results.NoContent();
        var events = await sweeps.FollowAsync(id, lastId, until.Token);
        foreach (var (name, value) in EventStream.Headers) response.Headers[name] = value;
        return Results.Stream(
            async body =>
            {
                try
                {
                    await EventStream.WriteAsync(body, events, until.Token);
                }
                catch (Exception exception)
                {
                    // The answer has begun. A Functions host takes every client that leaves for a failure, and its word on it is kept
                    // out of the log.
                    faults.Tell(request, exception);
                    throw;
                }
            },
            EventStream.ContentType);
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
