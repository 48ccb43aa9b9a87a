using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Shows converted recordings.</summary>
public sealed class AudioCatalog(AudioConversion conversions, Rejections rejections, IArtifactStore store)
{
    // Servers leave an escaped slash as it is, where they unescape everything else of a path.
    private const string EscapedSlash = "%2F";

    /// <summary>The document of a converted recording.</summary>
    /// <param name="name">Name of the upload; its slashes may still be escaped.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">
    /// There is no such upload; or its last version was rejected or is not converted yet (a conflict, with the reason).
    /// </exception>
    public async Task<AudioDocument> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        if (name.Length == 0)
            throw new InputException("no recording is named", "add its name to the path", kind: InputErrorKind.NotFound);
        var upload = BlobPaths.AudioUpload(name);
        // First of all: what an earlier version was converted to may still be there.
        if (await rejections.FindAsync(upload, cancellationToken) is { } rejected)
            throw new InputException(rejected.Problem, rejected.Remedy, name, InputErrorKind.Conflict);
        if (await conversions.FindAsync(name, cancellationToken) is { } document) return document;
        if (name.Contains(EscapedSlash, StringComparison.OrdinalIgnoreCase))
            return await GetAsync(name.Replace(EscapedSlash, "/", StringComparison.OrdinalIgnoreCase), cancellationToken);
        throw await store.FindAsync(upload, cancellationToken) is null
            ? new InputException(
                $"there is no recording '{name}'",
                $"upload it to {Containers.AudioUploads}",
                kind: InputErrorKind.NotFound)
            : new InputException("it is not converted yet", "ask again in a moment", name, InputErrorKind.Conflict);
    }
}
