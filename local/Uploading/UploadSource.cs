using MusicPipeline.Audio.Recordings;
using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Uploading;

/// <summary>A file or an address that the user wants in the pipeline, and the blob it becomes.</summary>
/// <param name="Text">As the user named it.</param>
/// <param name="Address">Its address where it is on the web, else null.</param>
/// <param name="Target">An upload container and the file's own name.</param>
internal sealed record UploadSource(string Text, Uri? Address, BlobPath Target)
{
    /// <summary>Decides by the file's name what it is.</summary>
    /// <exception cref="InputException">The name is neither that of a recording nor of a data set's array, or it is a folder's.</exception>
    public static UploadSource Parse(string text) => Parse(text, labelled: null);

    /// <summary>The same of a file that may be a labelled recording.</summary>
    /// <param name="text">As the user named it.</param>
    /// <param name="labelled">Where labelled recordings go; null where none is meant.</param>
    /// <exception cref="InputException">The name is not that of a file that can be uploaded so.</exception>
    public static UploadSource Parse(string text, LabelledUpload? labelled)
    {
        var address = Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
        if (address is null && Directory.Exists(text))
            throw new InputException("this is a folder", $"name its files, such as {Path.Combine(text, "*.aiff")}", text);
        var name = address is null ? Path.GetFileName(text) : Uri.UnescapeDataString(address.Segments[^1]);
        if (labelled is null) return new UploadSource(text, address, TargetOf(name, text));
        var folder = address is null
            ? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(text)))
            : address.Segments.Length > 2 ? Uri.UnescapeDataString(address.Segments[^2].TrimEnd('/')) : null;
        return new UploadSource(text, address, labelled.TargetOf(name, folder, text));
    }

    /// <summary>Says what is wrong with a file before it is sent; of an address nothing is known yet.</summary>
    /// <exception cref="InputException">It is missing, empty, or cannot be read.</exception>
    public void CheckFile()
    {
        if (Address is not null) return;
        using var file = InputFile.Open(Text);
        if (file.Length == 0) throw Empty();
    }

    /// <summary>The error of a source without a single byte.</summary>
    public InputException Empty() => new("it is empty", "check the file", Text);

    /// <summary>Opens the file, or starts the download.</summary>
    /// <exception cref="InputException">It is not there or cannot be had.</exception>
    public Task<Stream> OpenAsync(HttpClient http, CancellationToken cancellation) =>
        Address is null ? Task.FromResult<Stream>(InputFile.Open(Text)) : DownloadAsync(http, Address, cancellation);

    private static BlobPath TargetOf(string name, string text)
    {
        if (RecordingFormat.OfName(name) is not null) return BlobPaths.AudioUpload(name);
        if (Path.GetExtension(name).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            DatasetFileName.Parse(name);
            return BlobPaths.DatasetUpload(name);
        }

        throw new InputException(
            "this is neither a recording nor an array",
            $"upload {RecordingFormat.AllExtensions} recordings, or the four .npy arrays of a data set",
            text,
            InputErrorKind.UnsupportedType);
    }

    private static async Task<Stream> DownloadAsync(HttpClient http, Uri address, CancellationToken cancellation)
    {
        try
        {
            var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode) return await response.Content.ReadAsStreamAsync(cancellation);
            using (response)
            {
                throw new InputException(
                    $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd(),
                    "check the address",
                    address.ToString());
            }
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new InputException(
                $"it cannot be downloaded ({exception.Message.TrimEnd('.')})",
                "check the address and the network",
                address.ToString(),
                innerException: exception);
        }
    }
}
