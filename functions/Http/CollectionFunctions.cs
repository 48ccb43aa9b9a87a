using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using MusicPipeline.Collections;
using MusicPipeline.Http;

namespace MusicPipeline.Functions.Http;

/// <summary>Triggers of the routes of collections; <see cref="DurableClientMiddleware"/> hands the client to the services.</summary>
public sealed class CollectionFunctions(CollectService collections, Relabelling labels, ResultFiles files)
{
    [Function(nameof(ListCollections))]
    public Task<IResult> ListCollections(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Collections)] HttpRequest request,
        CancellationToken cancellationToken) =>
        CollectionHandlers.ListAsync(collections, cancellationToken);

    [Function(nameof(GetCollection))]
    public Task<IResult> GetCollection(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.Collection)] HttpRequest request,
        string name, CancellationToken cancellationToken) =>
        CollectionHandlers.GetAsync(name, collections, cancellationToken);

    [Function(nameof(StartCollect))]
    public Task<IResult> StartCollect(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.CollectDataset)] HttpRequest request,
        string name, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        CollectionHandlers.CollectAsync(name, request, collections, cancellationToken);

    [Function(nameof(LabelRecording))]
    public Task<IResult> LabelRecording(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = ApiRoutes.LabelRecording)] HttpRequest request,
        string name, CancellationToken cancellationToken) =>
        CollectionHandlers.LabelAsync(name, request, labels, cancellationToken);

    [Function(nameof(PlayRecording))]
    public Task<IResult> PlayRecording(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.CollectionRecording)] HttpRequest request,
        string name, string label, string file, CancellationToken cancellationToken) =>
        CollectionHandlers.RecordingAsync(name, label, file, files, cancellationToken);

    [Function(nameof(ReadCollectionFile))]
    public Task<IResult> ReadCollectionFile(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = ApiRoutes.CollectionFile)] HttpRequest request,
        string name, string file, CancellationToken cancellationToken) =>
        CollectionHandlers.FileAsync(name, file, files, cancellationToken);
}
