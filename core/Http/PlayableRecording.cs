using MusicPipeline.Audio;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Http;

/// <summary>Uploaded recordings in a form that browsers play.</summary>
internal static class PlayableRecording
{
    private const int CopyBuffer = 1 << 20;

    /// <summary>An upload as it is; AIFF, which few browsers play, as the WAV file that it is converted to.</summary>
    /// <param name="upload">The upload, which is closed where it is not handed out.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="cancellationToken">Stops converting.</param>
    /// <exception cref="InputException">It cannot be read (a conflict).</exception>
    /// <exception cref="BlobChangedException">It was replaced while it was read.</exception>
    public static async Task<ResultFile> OfAsync(ResultFile upload, string name, CancellationToken cancellationToken)
    {
        var isHandedOut = false;
        try
        {
            // The first bytes say what it is, and not its name.
            var format = await Task.Run(() => Recording.FormatOf(upload.Content), cancellationToken);
            var type = format is null ? null : ContentTypes.Of(format.Extensions[0]);
            if (type is not null and not ContentTypes.Aiff)
            {
                upload.Content.Position = 0;
                isHandedOut = true;
                return upload with { ContentType = type };
            }

            return upload with { ContentType = ContentTypes.Wave, Content = await ConvertAsync(upload.Content, cancellationToken) };
        }
        catch (AudioFormatException exception)
        {
            throw new InputException(exception.Problem, exception.Remedy, name, InputErrorKind.Conflict, exception);
        }
        finally
        {
            if (!isHandedOut) await upload.Content.DisposeAsync();
        }
    }

    // To a file, as a range of it can only be told when its length is known, and half an hour of sound is too much for memory.
    private static async Task<Stream> ConvertAsync(Stream recording, CancellationToken cancellationToken)
    {
        var wave = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            CopyBuffer,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            recording.Position = 0;
            await Task.Run(() => WavConversion.Convert(recording, wave, cancellationToken), cancellationToken);
            wave.Position = 0;
            return wave;
        }
        catch
        {
            await wave.DisposeAsync();
            throw;
        }
    }
}
