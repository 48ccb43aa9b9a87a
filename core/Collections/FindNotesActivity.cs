using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using MusicPipeline.Audio;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Collections;

/// <summary>A pack of recordings to be read.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Plan">The plan that names the recordings.</param>
/// <param name="Pack">Number of the pack, from 0 on.</param>
public sealed record NotesCall(string Collection, string Plan, int Pack);

/// <summary>
/// Finds and describes the notes of some recordings, one after the other, and puts them on record by the recordings' content: what is on
/// record is not computed again, and equal recordings are computed once.
/// </summary>
public sealed class FindNotesActivity(IArtifactStore store, Rejections rejections, ILogger<FindNotesActivity> logger)
{
    /// <summary>Reads the pack; reading it again changes nothing.</summary>
    /// <returns>Recordings that were read.</returns>
    public async Task<int> RunAsync(NotesCall call, CancellationToken cancellationToken = default)
    {
        var path = PathOf(call.Collection, call.Plan, call.Pack);
        // Another worker may have read it, or even have ended the plan.
        if (await store.FindAsync(path, cancellationToken) is not null) return 0;
        if (await PlanCollectActivity.FindAsync(store, call.Collection, call.Plan, cancellationToken) is not { } plan) return 0;
        var recipe = CollectRecipes.Create(plan.Recipe);
        var found = new List<KnownRecording>();
        foreach (var file in plan.New.Skip(call.Pack * PlanCollectActivity.PackSize).Take(PlanCollectActivity.PackSize))
        {
            if (await FindAsync(call.Collection, file, plan.Method, recipe, cancellationToken) is { } recording) found.Add(recording);
        }

        await store.WriteJsonAsync(path, found, cancellationToken);
        return found.Count;
    }

    /// <summary>Where the findings of a pack are.</summary>
    internal static BlobPath PathOf(string collection, string plan, int pack) =>
        BlobPaths.Collection(collection, $"{CollectionFiles.Work}{plan}-{pack}.json");

    /// <summary>What is found in a recording; null where it is gone by now.</summary>
    private async Task<KnownRecording?> FindAsync(
        string collection, string file, CollectMethod method, NoteRecipe recipe, CancellationToken cancellationToken)
    {
        while (await store.FindAsync(BlobPaths.Recording(collection, file), cancellationToken) is { } entry)
        {
            try
            {
                RecordingName.InFolder(collection, file);
                var known = await ReadAsync(collection, file, entry, method, recipe, cancellationToken);
                await rejections.ClearAsync(entry.Path, cancellationToken);
                return known;
            }
            catch (BlobChangedException)
            {
                // Replaced while it was being read: what is there now counts.
            }
            catch (InputException exception)
            {
                return await LeaveOutAsync(file, entry, exception, cancellationToken);
            }
            catch (Exception exception) when (RecordingFaults.Is(exception))
            {
                // One recording that nobody thought of must not keep the others from being learned from.
                Log.Unexpected(logger, entry.Path.ToString(), exception);
                var unexpected = new InputException(
                    "it could not be read, for a reason that is in the log", "export it as a WAV file and upload that, or take it out");
                return await LeaveOutAsync(file, entry, unexpected, cancellationToken);
            }
        }

        return null;
    }

    private async Task<KnownRecording> LeaveOutAsync(
        string file, BlobEntry entry, InputException exception, CancellationToken cancellationToken)
    {
        var about = exception.About(file);
        Log.LeftOut(logger, entry.Path.ToString(), about.Message);
        await rejections.WriteAsync(entry.Path, entry.ETag, exception, cancellationToken);
        return new KnownRecording(file, entry.ETag, Sha256: null, 0, 0, $"{about.Problem}; {about.Remedy}.");
    }

    private async Task<KnownRecording> ReadAsync(
        string collection, string file, BlobEntry entry, CollectMethod method, NoteRecipe recipe, CancellationToken cancellationToken)
    {
        await using var stream = await UploadReader.OpenBufferedAsync(store, entry, cancellationToken);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        var path = CollectionFiles.NotesOf(collection, hash, method);
        var notes = await store.TryReadJsonAsync<StoredNotes>(path, cancellationToken);
        // Those of before pitches were looked for are computed again, to the same features.
        if (notes?.Clarity is null)
        {
            stream.Position = 0;
            notes = Compute(stream, hash, method, recipe, cancellationToken);
            await store.WriteJsonAsync(path, notes, cancellationToken);
        }

        var leftOut = notes.Spans.Length > 0 ? null : "no note was found in it; check that it is not silent, or take it out.";
        return new KnownRecording(file, entry.ETag, hash, notes.Seconds, notes.Spans.Length, leftOut, notes.WithoutPitch);
    }

    private static StoredNotes Compute(
        Stream stream, string sha256, CollectMethod method, NoteRecipe recipe, CancellationToken cancellationToken)
    {
        var read = RecordingNotes.Read(stream, recipe, out var mono, cancellationToken);
        var copies = method.Copies is { } count
            ? NoteCopies.Describe(mono, read.Notes, sha256, count, recipe, cancellationToken)
            : null;
        return new StoredNotes(
            read.Seconds,
            [.. read.Notes.Select(note => new[] { note.Start, note.End })],
            MemoryMarshal.AsBytes(read.Features.AsSpan()).ToArray(),
            copies is null ? null : MemoryMarshal.AsBytes(copies.AsSpan()).ToArray(),
            read.Clarity);
    }
}
