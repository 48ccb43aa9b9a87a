using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MusicPipeline.Collections;
using MusicPipeline.Errors;
using MusicPipeline.Json;

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
        var recipe = request.Query["recipe"] is [{ Length: > 0 } named] ? named : null;
        int? copies = null;
        if (request.Query["augment"] is [{ Length: > 0 } text])
            copies = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? count
                : throw new InputException($"augment={text} is no number of copies", "ask for 1 to 20 of each note, or for none");
        await collections.StartAsync(name, recipe, copies, cancellationToken);
        request.HttpContext.Response.Headers.Location = ApiRoutes.CollectionLocation(name);
        return Answers.Json(await collections.GetAsync(name, cancellationToken), StatusCodes.Status202Accepted);
    }

    /// <summary>Gives a recording of one another label.</summary>
    public static async Task<IResult> LabelAsync(
        string name, HttpRequest request, Relabelling labels, CancellationToken cancellationToken)
    {
        var body = await BoundedBody.ReadJsonAsync(request.Body, RequestRules.MaxJsonBytes, cancellationToken);
        return Read(body.Span) is { Recording: { } recording, Label: { } label }
            ? Answers.Json(await labels.MoveAsync(name, recording, label, cancellationToken))
            : throw NoLabel("it lacks the recording or the label");
    }

    /// <summary>Hands out a file of one.</summary>
    public static async Task<IResult> FileAsync(string name, string file, ResultFiles files, CancellationToken cancellationToken) =>
        Answers.File(await files.OpenCollectionAsync(name, file, cancellationToken));

    /// <summary>Hands out the sound of a recording of one.</summary>
    public static async Task<IResult> RecordingAsync(
        string name, string label, string file, ResultFiles files, CancellationToken cancellationToken) =>
        Answers.File(await files.OpenRecordingAsync(name, label, file, cancellationToken));

    private static LabelRequest? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<LabelRequest>(json, PipelineJson.Compact);
        }
        catch (JsonException exception)
        {
            throw NoLabel(JsonProblem.Of(exception), exception);
        }
    }

    private static InputException NoLabel(string problem, Exception? cause = null) => new(
        $"the body gives no recording a label ({problem})", """send JSON such as {"recording": "cello/3.wav", "label": "viola"}""",
        innerException: cause);
}
