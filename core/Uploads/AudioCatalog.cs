using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Shows converted recordings.</summary>
public sealed class AudioCatalog(AudioConversion conversions, Rejections rejections, IArtifactStore store)
{
    // Servers leave an escaped slash as it is, where they unescape everything else of a path.
    private const string EscapedSlash = "%2F";

    private const int ParallelReads = 32;

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

    /// <summary>Converted recordings in the order of their names, and how many there are.</summary>
    /// <param name="skip">Recordings left out at the start.</param>
    /// <param name="take">Recordings shown at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<RecordingPage> ListAsync(int skip, int take, CancellationToken cancellationToken = default)
    {
        var documents = new List<BlobPath>();
        await foreach (var entry in store.ListAsync(Containers.Audio, cancellationToken: cancellationToken))
        {
            if (entry.Path.Name.EndsWith("/" + AudioFiles.Document, StringComparison.Ordinal)) documents.Add(entry.Path);
        }

        var shown = new List<AudioDocument?>();
        foreach (var chunk in documents.Skip(skip).Take(take).Chunk(ParallelReads))
            shown.AddRange(await Task.WhenAll(chunk.Select(path => store.TryReadJsonAsync<AudioDocument>(path, cancellationToken))));
        return new RecordingPage(documents.Count, [.. shown.OfType<AudioDocument>()]);
    }

    /// <summary>What a name in a path may stand for: itself and, where it has escaped slashes, itself with plain ones.</summary>
    public static IEnumerable<string> Spellings(string name)
    {
        yield return name;
        if (name.Contains(EscapedSlash, StringComparison.OrdinalIgnoreCase))
            yield return name.Replace(EscapedSlash, "/", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>The body of <c>GET /api/recordings</c>.</summary>
/// <param name="Total">Recordings that there are.</param>
/// <param name="Recordings">Those that were asked for.</param>
public sealed record RecordingPage(int Total, IReadOnlyList<AudioDocument> Recordings);
