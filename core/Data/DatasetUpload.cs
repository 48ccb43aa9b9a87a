namespace MusicPipeline.Data;

/// <summary>One of the four arrays that a data set is built from.</summary>
/// <param name="File">File name, for errors and for <see cref="DatasetSource"/>.</param>
/// <param name="OpenAsync">Opens the file for one reading from its start; the reader disposes the stream.</param>
/// <param name="Length">The file's length in bytes; may be left out where the streams can seek.</param>
public sealed record DatasetUpload(
    string File, Func<CancellationToken, Task<Stream>> OpenAsync, long? Length = null);
