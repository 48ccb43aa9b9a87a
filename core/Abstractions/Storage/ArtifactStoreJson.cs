using System.Text.Json;
using MusicPipeline.Json;

namespace MusicPipeline.Storage;

/// <summary>JSON documents in an <see cref="IArtifactStore"/>.</summary>
public static class ArtifactStoreJson
{
    /// <summary>Reads a document, or null where the blob is not there.</summary>
    public static async Task<T?> TryReadJsonAsync<T>(
        this IArtifactStore store, BlobPath path, CancellationToken cancellationToken = default)
        where T : class
    {
        var content = await store.TryReadAsync(path, cancellationToken);
        return content is null ? null : Parse<T>(path, content);
    }

    /// <summary>Writes a document, replacing what is there.</summary>
    public static Task WriteJsonAsync<T>(
        this IArtifactStore store, BlobPath path, T document, CancellationToken cancellationToken = default) =>
        store.WriteAsync(path, ToJson(document), cancellationToken);

    /// <summary>Writes a document unless it is there already.</summary>
    public static Task<bool> TryCreateJsonAsync<T>(
        this IArtifactStore store, BlobPath path, T document, CancellationToken cancellationToken = default) =>
        store.TryCreateAsync(path, ToJson(document), cancellationToken);

    /// <summary>
    /// Reads a document, changes it and writes it back, again and again until nobody wrote in between. Returns what
    /// was written, or null where the blob is not there. A change that returns its argument writes nothing.
    /// </summary>
    public static async Task<T?> UpdateJsonAsync<T>(
        this IArtifactStore store, BlobPath path, Func<T, T> change, CancellationToken cancellationToken = default)
        where T : class
    {
        while (await store.TryReadAsync(path, cancellationToken) is { } content)
        {
            var present = Parse<T>(path, content);
            var changed = change(present);
            if (ReferenceEquals(present, changed)) return present;
            if (await store.TryReplaceAsync(path, ToJson(changed), content.ETag, cancellationToken)) return changed;
        }

        return null;
    }

    private static byte[] ToJson<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, PipelineJson.Options);

    private static T Parse<T>(BlobPath path, BlobContent content)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(content.Bytes.Span, PipelineJson.Options)
                ?? throw new InvalidDataException($"{path} holds no {typeof(T).Name}.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a readable {typeof(T).Name}.", exception);
        }
    }
}
