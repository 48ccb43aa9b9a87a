using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Uploading;

/// <summary>Copies files and downloads into the upload containers, never holding one in memory.</summary>
internal sealed class Uploader(IArtifactStore store, HttpClient http)
{
    private const int CopyBuffer = 1 << 20;

    /// <summary>Copies one source; its blob appears when all of it is there.</summary>
    /// <returns>Bytes copied.</returns>
    /// <exception cref="InputException">The source is missing, empty, or breaks off.</exception>
    public async Task<long> UploadAsync(UploadSource source, CancellationToken cancellation)
    {
        await using var stream = await source.OpenAsync(http, cancellation);
        var length = 0L;
        await store.WriteAsync(source.Target, CopyAsync, cancellation);
        return length;

        async Task CopyAsync(Stream blob, CancellationToken token)
        {
            var buffer = new byte[CopyBuffer];
            for (int read; (read = await ReadAsync(buffer, token)) > 0; length += read)
                await blob.WriteAsync(buffer.AsMemory(0, read), token);
            if (length == 0) throw source.Empty();
        }

        async Task<int> ReadAsync(byte[] buffer, CancellationToken token)
        {
            try
            {
                return await stream.ReadAsync(buffer, token);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                throw new InputException(
                    $"it broke off after {length:N0} bytes ({exception.Message.TrimEnd('.')})",
                    "try again",
                    source.Text,
                    innerException: exception);
            }
        }
    }
}
