using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>Where the samples that come with the program lie.</summary>
/// <param name="Path">Their folder, which need not be there.</param>
public sealed record SampleFolder(string Path);

/// <summary>A sample, and the upload that it becomes.</summary>
/// <param name="File">Its path.</param>
/// <param name="Target">Where it goes.</param>
public sealed record Sample(string File, BlobPath Target);

/// <summary>What came of uploading the samples.</summary>
/// <param name="Dataset">The data set that four of them make.</param>
/// <param name="Collection">The collection that the labelled ones are in.</param>
/// <param name="Files">How many samples there are.</param>
/// <param name="Uploaded">How many of them were not there yet.</param>
public sealed record UploadedSamples(string Dataset, string Collection, int Files, int Uploaded);

/// <summary>Uploads the samples, as somebody would who begins.</summary>
public sealed class SampleUploads(IArtifactStore store, SampleFolder folder)
{
    /// <summary>The data set of the sample arrays.</summary>
    public const string Dataset = "notes";

    /// <summary>The collection of the labelled sample recordings.</summary>
    public const string Collection = "samples";

    private const int AtOnce = 4;

    /// <summary>Every sample; a recording in a folder has its folder for a label.</summary>
    /// <exception cref="InputException">They are not here.</exception>
    public IReadOnlyList<Sample> List()
    {
        var recordings = Path.Combine(folder.Path, "recordings");
        if (!Directory.Exists(recordings))
        {
            throw new InputException(
                "the samples are not installed with this program", "upload files of your own", kind: InputErrorKind.NotFound);
        }

        return
        [
            .. Directory.EnumerateFiles(folder.Path).Order(StringComparer.Ordinal).Select(Unlabelled).OfType<Sample>(),
            .. Directory.EnumerateFiles(recordings, "*.aiff", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => new Sample(
                    file, BlobPaths.Recording(Collection, $"{Directory.GetParent(file)!.Name}/{Path.GetFileName(file)}"))),
        ];
    }

    /// <summary>Copies those that are not there yet; a file that is there under the same name and is another one is replaced.</summary>
    /// <exception cref="InputException">They are not here.</exception>
    public async Task<UploadedSamples> UploadAsync(CancellationToken cancellationToken)
    {
        var samples = List();
        var uploaded = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(samples, options, async (sample, token) =>
        {
            if (await UploadIfChangedAsync(sample, token)) Interlocked.Increment(ref uploaded);
        });
        return new UploadedSamples(Dataset, Collection, samples.Count, uploaded);
    }

    private static Sample? Unlabelled(string file)
    {
        var name = Path.GetFileName(file);
        if (Path.GetExtension(name) == ".npy") return new Sample(file, BlobPaths.DatasetUpload(name));
        return RecordingFormat.OfName(name) is not null ? new Sample(file, BlobPaths.AudioUpload(name)) : null;
    }

    private async Task<bool> UploadIfChangedAsync(Sample sample, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(sample.File);
        if (await store.FindAsync(sample.Target, cancellationToken) is { } there
            && there.Length == file.Length
            && await HasSameBytesAsync(sample.Target, file, cancellationToken))
        {
            return false;
        }

        file.Position = 0;
        await store.WriteAsync(sample.Target, (blob, token) => file.CopyToAsync(blob, token), cancellationToken);
        return true;
    }

    private async Task<bool> HasSameBytesAsync(BlobPath blob, Stream file, CancellationToken cancellationToken)
    {
        await using var stored = await store.OpenReadAsync(blob, cancellationToken);
        return await SameBytes.InAsync(file, stored, cancellationToken);
    }
}
