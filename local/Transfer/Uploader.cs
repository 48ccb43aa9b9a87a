using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Transfer;

/// <summary>Puts files and web resources into the upload containers.</summary>
internal sealed class Uploader(IArtifactStore store)
{
    /// <summary>Where a file belongs by its extension.</summary>
    /// <exception cref="InputException">The pipeline takes no such file.</exception>
    public static BlobPath TargetOf(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".aif" or ".aiff" or ".aifc" => BlobPaths.AudioUpload(fileName),
        ".npy" => BlobPaths.DatasetUpload(fileName),
        _ => throw new InputException(
            "the pipeline takes no files of this kind",
            "upload AIFF recordings (.aif, .aiff, .aifc) or NumPy arrays (.npy)",
            fileName,
            InputErrorKind.UnsupportedType),
    };

    /// <summary>Uploads a file or, where the text is an http or https address, what is there.</summary>
    public async Task<BlobPath> UploadAsync(string fileOrUrl, CancellationToken cancellationToken)
    {
        if (Uri.TryCreate(fileOrUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            return await DownloadAsync(uri, cancellationToken);
        var target = TargetOf(Path.GetFileName(fileOrUrl));
        await using var file = InputFile.Open(fileOrUrl);
        await store.WriteAsync(target, (stream, token) => file.CopyToAsync(stream, token), cancellationToken);
        return target;
    }

    /// <summary>Uploads a file unless the very same bytes are there already. Returns whether it did.</summary>
    public async Task<bool> UploadIfChangedAsync(string path, CancellationToken cancellationToken)
    {
        var target = TargetOf(Path.GetFileName(path));
        await using (var file = InputFile.Open(path))
        {
            if (await store.FindAsync(target, cancellationToken) is { } there
                && there.Length == file.Length
                && await HasSameBytesAsync(target, file, cancellationToken))
            {
                return false;
            }
        }

        await UploadAsync(path, cancellationToken);
        return true;
    }

    private async Task<bool> HasSameBytesAsync(BlobPath blob, Stream file, CancellationToken cancellationToken)
    {
        await using var stored = await store.OpenReadAsync(blob, cancellationToken);
        var (one, other) = (new byte[1 << 20], new byte[1 << 20]);
        int read;
        while ((read = await file.ReadAtLeastAsync(one, one.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            var count = await stored.ReadAtLeastAsync(other, read, throwOnEndOfStream: false, cancellationToken);
            if (!one.AsSpan(0, read).SequenceEqual(other.AsSpan(0, Math.Min(count, read)))) return false;
        }

        return true;
    }

    private async Task<BlobPath> DownloadAsync(Uri uri, CancellationToken cancellationToken)
    {
        var name = Uri.UnescapeDataString(uri.Segments[^1]);
        var target = TargetOf(name);
        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new InputException(
                    $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}", "check the address", uri.ToString());
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await store.WriteAsync(target, (stream, token) => body.CopyToAsync(stream, token), cancellationToken);
            return target;
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException)
        {
            throw new InputException(
                $"it cannot be downloaded ({exception.Message.TrimEnd('.')})", "check the address and the network",
                uri.ToString(), innerException: exception);
        }
    }
}
