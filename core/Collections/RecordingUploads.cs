using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Collections;

/// <summary>Looks at a labelled recording when it is uploaded; its notes are found when the collection is collected.</summary>
public sealed class RecordingUploads(IArtifactStore store, Rejections rejections)
{
    /// <summary>Reads the recording's header, and says what it is or writes what is wrong with it.</summary>
    public async Task<UploadResult> CheckAsync(string name, CancellationToken cancellationToken = default)
    {
        var path = new BlobPath(Containers.Recordings, name);
        while (true)
        {
            if (await store.FindAsync(path, cancellationToken) is not { Length: > 0 } entry)
                return new UploadResult(UploadOutcome.Ignored, $"{name} is empty or gone.");
            try
            {
                await using var stream = await store.OpenReadAsync(entry, cancellationToken);
                var summary = Recording.Inspect(stream);
                await rejections.ClearAsync(path, cancellationToken);
                var warnings = summary.Warnings.Count == 0 ? "" : " " + string.Join(' ', summary.Warnings);
                return new UploadResult(
                    UploadOutcome.Processed, $"{name} is uploaded: {summary.Format}, {summary.Seconds:0.0} s.{warnings}");
            }
            catch (BlobChangedException)
            {
                // Replaced while it was being read: what is there now counts.
            }
            catch (InputException exception)
            {
                return await rejections.WriteAsync(path, entry.ETag, exception, cancellationToken);
            }
        }
    }
}
