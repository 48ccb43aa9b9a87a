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
        foreach (var spelling in Spellings(name))
        {
            var upload = BlobPaths.AudioUpload(spelling);
            // First of all: what an earlier version was converted to may still be there.
            if (await rejections.FindAsync(upload, cancellationToken) is { } rejected)
                throw new InputException(rejected.Problem, rejected.Remedy, spelling, InputErrorKind.Conflict);
            if (await conversions.FindAsync(spelling, cancellationToken) is { } document) return document;
            if (await store.FindAsync(upload, cancellationToken) is not null)
                throw new InputException("it is not converted yet", "ask again in a moment", spelling, InputErrorKind.Conflict);
        }

        // Of a recording that is not converted yet, or was rejected, the reader of a file is told so.
        if (AudioFiles.Split(name) is var (recording, _)) await GetAsync(recording, cancellationToken);
        throw new InputException(
            $"there is no recording '{Spellings(name).Last()}'", $"upload it to {Containers.AudioUploads}", kind: InputErrorKind.NotFound);
    }

    /// <summary>What a name in a path may stand for: itself and, where it has escaped slashes, itself with plain ones.</summary>
    public static IEnumerable<string> Spellings(string name)
    {
        yield return name;
        if (name.Contains(EscapedSlash, StringComparison.OrdinalIgnoreCase))
            yield return name.Replace(EscapedSlash, "/", StringComparison.OrdinalIgnoreCase);
    }
}
