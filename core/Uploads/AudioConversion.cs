using System.Text;
using Microsoft.Extensions.Logging;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Features;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Data.Arrays;
using MusicPipeline.Errors;
using MusicPipeline.Reports.Charts;
using MusicPipeline.Storage;

namespace MusicPipeline.Uploads;

/// <summary>
/// Converts an uploaded recording: <c>audio.wav</c>, <c>mel.npy</c>, <c>mel.png</c>, a page that plays it, and
/// <c>audio.json</c>, which is written last.
/// </summary>
public sealed class AudioConversion(
    IArtifactStore store, Rejections rejections, RecordingLabelling labelling, ILogger<AudioConversion> logger)
{
    /// <summary>Rate that mel spectrograms are made at, as librosa loads files by default, in Hz.</summary>
    public const double MelRate = 22_050;

    /// <summary>
    /// Converts the upload, unless this version of it is converted already. May be called again, and by several at
    /// once: the last version that was uploaded wins.
    /// </summary>
    public async Task<UploadResult> RunAsync(string name, CancellationToken cancellationToken = default)
    {
        var upload = BlobPaths.AudioUpload(name);
        while (true)
        {
            if (await store.FindAsync(upload, cancellationToken) is not { Length: > 0 } entry)
                return new UploadResult(UploadOutcome.Ignored, $"{name} is empty or gone.");
            var result = await TryRunAsync(name, entry, cancellationToken);
            // What was found out holds for the version that was looked at; another one may be there by now.
            if (result is not null && (await store.FindAsync(upload, cancellationToken))?.ETag == entry.ETag) return result;
        }
    }

    /// <summary>The document of a converted recording, or null.</summary>
    public Task<AudioDocument?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        store.TryReadJsonAsync<AudioDocument>(BlobPaths.Audio(name, AudioFiles.Document), cancellationToken);

    /// <summary>Null where the upload changed on the way.</summary>
    private async Task<UploadResult?> TryRunAsync(string name, BlobEntry upload, CancellationToken cancellationToken)
    {
        var where = BlobPaths.Audio(name, "");
        try
        {
            var known = await FindAsync(name, cancellationToken);
            if (known?.ETag == upload.ETag) await rejections.ClearAsync(upload.Path, cancellationToken);
            else await ConvertAsync(name, upload, cancellationToken);
            var message = $"{name} is converted: {where}";
            if (known?.ETag == upload.ETag) return new UploadResult(UploadOutcome.AlreadyProcessed, message);
            Log.Converted(logger, name);
            return new UploadResult(UploadOutcome.Processed, message);
        }
        catch (BlobChangedException)
        {
            return null;
        }
        catch (InputException exception)
        {
            Log.Rejected(logger, upload.Path.ToString(), exception.Message);
            return await rejections.WriteAsync(upload.Path, upload.ETag, exception, cancellationToken);
        }
    }

    private async Task ConvertAsync(string name, BlobEntry upload, CancellationToken cancellationToken)
    {
        var source = await UploadReader.OpenBufferedAsync(store, upload, cancellationToken);
        AudioSummary? summary = null;
        await using (source)
        {
            await store.WriteAsync(
                BlobPaths.Audio(name, AudioFiles.Wave),
                (wav, token) => Task.Run(() => summary = WavConversion.Convert(source, wav, token), token),
                cancellationToken);
            source.Position = 0;
            var mel = await Task.Run(
                () => Decibels.FromPower(AudioFeatures.MelPower(source, MelRate, cancellationToken: cancellationToken)),
                cancellationToken);
            source.Position = 0;
            var (labels, reason) = await labelling.RunAsync(name, source, cancellationToken);
            if (reason is not null) summary = summary! with { Warnings = [.. summary.Warnings, reason] };
            await WriteMelAsync(name, summary!, mel, labels, cancellationToken);
            // Before the document: who sees it sees no rejection of an earlier version any more.
            await rejections.ClearAsync(upload.Path, cancellationToken);
            var described = new MelDocument(mel.Bands, mel.Frames, mel.SampleRate, mel.HopLength, mel.MaxFrequency);
            await store.WriteJsonAsync(
                BlobPaths.Audio(name, AudioFiles.Document),
                new AudioDocument(name, upload.ETag, summary!, described, labels),
                cancellationToken);
        }
    }

    private async Task WriteMelAsync(
        string name, AudioSummary summary, MelSpectrogram mel, RecordingLabels? labels, CancellationToken cancellationToken)
    {
        var picture = MelPicture.Draw(mel, name);
        var page = PlayerPage.Write(name, AudioFacts.Of(summary), picture, summary.Warnings, ForPlayer(labels));
        await Task.WhenAll(
            store.WriteAsync(
                BlobPaths.Audio(name, AudioFiles.Mel),
                (stream, token) => NpyWriter.WriteAsync<float>(stream, mel.Values, [mel.Bands, mel.Frames], token),
                cancellationToken),
            store.WriteAsync(BlobPaths.Audio(name, AudioFiles.Picture), picture.Png, cancellationToken),
            store.WriteAsync(BlobPaths.Audio(name, AudioFiles.Page), Encoding.UTF8.GetBytes(page), cancellationToken));
    }

    private static PlayerLabels? ForPlayer(RecordingLabels? labels) => labels is null ? null : new PlayerLabels(
        labels.Sentence,
        [
            .. labels.Notes.Select(
                note => new PlayerNote(note.Start, note.End, note.Caption, note.HasPitch == false ? null : note.Probability)),
        ]);
}
