using System.Text.Json.Serialization;
using MusicPipeline.Audio.Notes;
using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;

namespace MusicPipeline.Collections;

/// <summary>Names of the files of a collection, below <c>collections/&lt;collection&gt;/</c>.</summary>
public static class CollectionFiles
{
    /// <summary>What the last collecting came to, written last: <see cref="CollectionResults"/>.</summary>
    public const string Results = "collection.json";

    /// <summary>What is known of each recording, so that it is not read again: <see cref="RecordingsOnRecord"/>.</summary>
    public const string Recordings = "recordings.json";

    /// <summary>Whether it is being collected: a <see cref="CollectState"/>.</summary>
    public const string State = "state.json";

    /// <summary>The report.</summary>
    public const string ReportMarkdown = "report.md";

    /// <summary>The report for a browser.</summary>
    public const string ReportHtml = "report.html";

    /// <summary>Folder of the notes of each recording, by its content.</summary>
    public const string Notes = "notes/";

    /// <summary>Folder of what a collecting that runs has found so far.</summary>
    public const string Work = "work/";

    /// <summary>Those that are handed out.</summary>
    public static IReadOnlyList<string> Public { get; } = [Results, Recordings, ReportMarkdown, ReportHtml];

    /// <summary>The notes of a recording.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="sha256">Hash of the recording's bytes.</param>
    /// <param name="method">How they were found.</param>
    internal static BlobPath NotesOf(string collection, string sha256, CollectMethod method)
    {
        var copies = method.Copies is { } count ? $"-{count}" : "";
        return BlobPaths.Collection(collection, $"{Notes}{sha256}-{method.Recipe.Replace('/', '-')}{copies}.json");
    }
}

/// <summary>How rows are made of recordings.</summary>
/// <param name="Recipe">How notes are found and described, such as <c>mfcc-6x20/1</c>.</param>
/// <param name="Copies">Altered copies of each training note that are learned from, too; null for none.</param>
public sealed record CollectMethod(string Recipe, int? Copies = null);

/// <summary>What is known of the recordings of a collection.</summary>
/// <param name="Recipe">How their notes were found.</param>
/// <param name="Recordings">Each of them.</param>
/// <param name="Copies">Altered copies of each note; null for none.</param>
public sealed record RecordingsOnRecord(string Recipe, IReadOnlyList<KnownRecording> Recordings, int? Copies = null)
{
    /// <summary>Recipe and copies.</summary>
    internal CollectMethod Method => new(Recipe, Copies);
}

/// <summary>A recording that was read.</summary>
/// <param name="File">Its name in the collection's folder.</param>
/// <param name="ETag">The version that was read.</param>
/// <param name="Sha256">Hash of its bytes; null where it was not read to its end.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Notes">Notes found in it.</param>
/// <param name="LeftOut">Why no row is made of it, in one sentence; null where its notes are on record.</param>
/// <param name="WithoutPitch">Notes of it that have no pitch; null where nobody looked.</param>
public sealed record KnownRecording(
    string File, string ETag, string? Sha256, double Seconds, int Notes, string? LeftOut, int? WithoutPitch = null);

/// <summary>The notes of a recording, as <c>notes/&lt;hash&gt;-&lt;recipe&gt;.json</c> holds them.</summary>
/// <param name="Seconds">Length of the recording.</param>
/// <param name="Spans">First sample and end (excluded) of each note, mono at 22,050 Hz.</param>
/// <param name="Features">notes x features, row-major, little-endian float32; base64 in JSON.</param>
/// <param name="Copies">The same of altered copies, copies x notes x features; null where there are none.</param>
/// <param name="Clarity">How clearly each note has a pitch, 0 to 1; null where nobody looked.</param>
public sealed record StoredNotes(double Seconds, int[][] Spans, byte[] Features, byte[]? Copies = null, double[]? Clarity = null)
{
    /// <summary>Notes that have no pitch; null where nobody looked.</summary>
    [JsonIgnore]
    public int? WithoutPitch => Clarity?.Count(clarity => clarity < NoteRecipe.LeastClarity);
}

/// <summary><c>state.json</c>: whether a collection is being collected.</summary>
/// <param name="Run">Number of the run, which raises with each start.</param>
/// <param name="Asked">How often that run was asked for; who asks again wants what was uploaded before to be in it.</param>
/// <param name="IsRunning">Whether it has not ended.</param>
/// <param name="Recipe">How notes are found.</param>
/// <param name="Copies">Altered copies of each training note; null for none.</param>
public sealed record CollectState(int Run, int Asked, bool IsRunning, string Recipe, int? Copies = null)
{
    /// <summary>Recipe and copies.</summary>
    internal CollectMethod Method => new(Recipe, Copies);
}

/// <summary>A run of a collection.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Run">Its number.</param>
public sealed record CollectRun(string Collection, int Run);
