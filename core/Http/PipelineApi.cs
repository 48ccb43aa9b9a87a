using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MusicPipeline.Http;

/// <summary>
/// The HTTP API: which handler answers which methods of which route. A host on ASP.NET Core maps the table; a Functions app has a trigger
/// for each line of it, which calls the same handler.
/// </summary>
public static class PipelineApi
{
    // HEAD is answered like GET, without the body.
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] Put = [HttpMethods.Put];
    private static readonly string[] Delete = [HttpMethods.Delete];

    /// <summary>The table.</summary>
    public static IReadOnlyList<ApiRoute> Routes { get; } =
    [
        new(ApiRoutes.Sweeps, Post, SweepHandlers.StartAsync),
        new(ApiRoutes.Sweeps, Read, SweepHandlers.ListAsync),
        new(ApiRoutes.Sweep, Read, SweepHandlers.GetAsync),
        new(ApiRoutes.Sweep, Delete, SweepHandlers.DeleteAsync),
        new(ApiRoutes.CancelSweep, Post, SweepHandlers.ControlAsync),
        new(ApiRoutes.PauseSweep, Post, SweepHandlers.ControlAsync),
        new(ApiRoutes.ResumeSweep, Post, SweepHandlers.ControlAsync),
        new(ApiRoutes.StopSweep, Post, SweepHandlers.ControlAsync),
        new(ApiRoutes.RetrySweep, Post, SweepHandlers.ControlAsync),
        new(ApiRoutes.ExtendSweep, Post, SweepHandlers.ControlAsync),
        new(ApiRoutes.SweepReport, Read, SweepHandlers.ReportAsync),
        new(ApiRoutes.SweepEvents, Read, SweepHandlers.FollowAsync),
        new(ApiRoutes.SweepFile, Read, FileHandlers.SweepAsync),
        new(ApiRoutes.SweepChart, Read, FileHandlers.ChartAsync),
        new(ApiRoutes.TrialFile, Read, FileHandlers.TrialAsync),
        new(ApiRoutes.BaselineFile, Read, FileHandlers.BaselineAsync),
        new(ApiRoutes.DatasetFile, Read, FileHandlers.DatasetAsync),
        new(ApiRoutes.Audio, Read, FileHandlers.AudioAsync),
        new(ApiRoutes.Collections, Read, CollectionHandlers.ListAsync),
        new(ApiRoutes.Collection, Read, CollectionHandlers.GetAsync),
        new(ApiRoutes.CollectDataset, Post, CollectionHandlers.CollectAsync),
        new(ApiRoutes.LabelRecording, Post, CollectionHandlers.LabelAsync),
        new(ApiRoutes.CollectionRecording, Read, CollectionHandlers.RecordingAsync),
        new(ApiRoutes.CollectionFile, Read, CollectionHandlers.FileAsync),
        new(ApiRoutes.Recordings, Read, FileHandlers.RecordingsAsync),
        new(ApiRoutes.Upload, Put, UploadHandlers.PutAsync),
        new(ApiRoutes.Upload, Read, UploadHandlers.GetAsync),
        new(ApiRoutes.Samples, Post, UploadHandlers.SamplesAsync),
        new(ApiRoutes.Rejected, Read, UploadHandlers.RejectedAsync),
        new(ApiRoutes.Datasets, Read, DataHandlers.ListAsync),
        new(ApiRoutes.Dataset, Read, DataHandlers.GetAsync),
        new(ApiRoutes.Plan, Post, SweepHandlers.PlanAsync),
        new(ApiRoutes.Vocabulary, Read, SweepHandlers.Describe),
        new(ApiRoutes.Compare, Read, SweepHandlers.CompareAsync),
        new(ApiRoutes.System, Read, DataHandlers.DescribeSystem),
        new(ApiRoutes.Predict, Post, DataHandlers.PredictAsync),
        new(ApiRoutes.Classify, Post, DataHandlers.ClassifyAsync),
        new(ApiRoutes.Health, Read, DataHandlers.HealthAsync),
        new(ApiRoutes.OpenApi, Read, DataHandlers.Describe),
        new(ApiRoutes.Page, Read, PageHandlers.Home),
        new(ApiRoutes.PageFile, Read, PageHandlers.File),
    ];

    /// <summary>Maps the table.</summary>
    public static void MapPipeline(this IEndpointRouteBuilder endpoints)
    {
        foreach (var route in Routes) endpoints.MapMethods(route.Pattern, route.Methods, route.Handler);
    }

    /// <summary>Whether a path fits one of the routes, so that only its method can be wrong.</summary>
    public static bool Fits(PathString path)
    {
        var given = (path.Value ?? "").TrimStart('/').Split('/');
        return Routes.Any(route => Fits(route.Pattern.Split('/'), given));
    }

    private static bool Fits(string[] wanted, string[] given)
    {
        for (var index = 0; index < wanted.Length; index++)
        {
            if (wanted[index].StartsWith("{*", StringComparison.Ordinal)) return true;
            if (index >= given.Length) return false;
            if (!Fits(wanted[index], given[index])) return false;
        }

        return wanted.Length == given.Length;
    }

    private static bool Fits(string wanted, string given)
    {
        if (wanted is not ['{', ..]) return wanted.Equals(given, StringComparison.OrdinalIgnoreCase);
        return given.Length > 0 && (!wanted.EndsWith(":file}", StringComparison.Ordinal) || given.Contains('.', StringComparison.Ordinal));
    }
}
