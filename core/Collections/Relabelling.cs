using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Collections;

/// <summary>The body of <c>POST /api/collections/{name}/label</c>.</summary>
/// <param name="Recording">A recording of the collection, as <c>cello/scale.aiff</c>.</param>
/// <param name="Label">What really plays.</param>
public sealed record LabelRequest(string Recording, string Label);

/// <summary>A recording that was given another label.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Recording">Where it lies now, as <c>violin/scale.aiff</c>.</param>
public sealed record RelabelledRecording(string Collection, string Recording);

/// <summary>
/// Gives recordings of a collection other labels: a recording is copied into the label's folder and then removed from its own. Killed
/// between, it lies in both, and asking again ends it. The data set changes when the collection is collected again.
/// </summary>
public sealed class Relabelling(IArtifactStore store, Rejections rejections)
{
    /// <summary>Moves a recording to a label.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="recording">The recording, as <c>cello/scale.aiff</c>.</param>
    /// <param name="label">The label.</param>
    /// <param name="cancellationToken">Stops copying.</param>
    /// <exception cref="InputException">
    /// There is no such recording, the label cannot be one, or another recording of the same name lies there.
    /// </exception>
    public async Task<RelabelledRecording> MoveAsync(
        string collection, string recording, string label, CancellationToken cancellationToken = default)
    {
        RecordingName.CheckCollection(collection);
        var from = RecordingName.InFolder(collection, recording);
        var to = RecordingName.Of(collection, label, from.File);
        if (from.Label == to.Label)
            throw new InputException($"it is labelled '{label}' already", "give another label", recording, InputErrorKind.Conflict);
        while (await store.FindAsync(from.Upload, cancellationToken) is { Length: > 0 } entry)
        {
            try
            {
                await CopyAsync(entry, to, cancellationToken);
                // What replaced it meanwhile is copied, too, before anything is removed.
                if ((await store.FindAsync(from.Upload, cancellationToken))?.ETag != entry.ETag) continue;
                await store.DeleteAsync(from.Upload, cancellationToken);
                await rejections.ClearAsync(from.Upload, cancellationToken);
                return new RelabelledRecording(collection, to.InCollection);
            }
            catch (BlobChangedException)
            {
                // Replaced or removed while it was being copied: what is there now counts.
            }
        }

        throw new InputException(
            $"the collection '{collection}' has no recording '{recording}'", "name it <label>/<file>, as it was uploaded",
            kind: InputErrorKind.NotFound);
    }

    private async Task CopyAsync(BlobEntry source, RecordingName to, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(to.Upload, cancellationToken) is { } present)
        {
            if (present.Length == source.Length && await AreSameAsync(present, source, cancellationToken)) return;
            throw new InputException(
                $"another recording lies under the label '{to.Label}' with the same name",
                "remove one of them, or upload it by another name",
                to.InCollection,
                InputErrorKind.Conflict);
        }

        await store.WriteAsync(
            to.Upload,
            async (target, token) =>
            {
                await using var stream = await store.OpenReadAsync(source, token);
                await stream.CopyToAsync(target, token);
            },
            cancellationToken);
    }

    private async Task<bool> AreSameAsync(BlobEntry one, BlobEntry other, CancellationToken cancellationToken)
    {
        await using var first = await store.OpenReadAsync(one, cancellationToken);
        await using var second = await store.OpenReadAsync(other, cancellationToken);
        return await SameBytes.InAsync(first, second, cancellationToken);
    }
}
