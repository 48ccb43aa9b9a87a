namespace MusicPipeline.Reports.Results;

/// <summary><c>collection.json</c>: what the last collecting of a collection of recordings came to.</summary>
/// <param name="Name">Name of the collection, and of its data set.</param>
/// <param name="Recipe">How notes are found and described, such as <c>mfcc-6x20/1</c>.</param>
/// <param name="Version">
/// Version of the data set; null where the recordings were refused, and an earlier version stays the current one.
/// </param>
/// <param name="Problem">Why they were refused, in one sentence; null where they were not.</param>
/// <param name="Labels">What each label has, in the order of names, which is that of the data set's classes.</param>
/// <param name="Sources">What each source has, in the order of names; recordings of no known source are not counted.</param>
/// <param name="LeftOut">Recordings that no row was made of.</param>
/// <param name="Remarks">What whoever trains on it should know, a sentence each.</param>
/// <param name="Copies">Altered copies of each training note that are rows, too; null for none.</param>
public sealed record CollectionResults(
    string Name,
    string Recipe,
    string? Version,
    string? Problem,
    IReadOnlyList<CollectedPart> Labels,
    IReadOnlyList<CollectedPart> Sources,
    IReadOnlyList<LeftOutRecording> LeftOut,
    IReadOnlyList<string> Remarks,
    int? Copies = null);

/// <summary>What a label or a source has of a collection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Recordings">Recordings.</param>
/// <param name="Notes">Notes in them, which are the rows.</param>
/// <param name="Seconds">Their length, pauses included.</param>
/// <param name="TestRecordings">Recordings that are held out for the test.</param>
/// <param name="TestNotes">Notes in those.</param>
/// <param name="WithoutPitch">Notes of all its recordings that have no pitch.</param>
public sealed record CollectedPart(
    string Name, int Recordings, int Notes, double Seconds, int TestRecordings, int TestNotes, int WithoutPitch = 0);

/// <summary>A recording that no row was made of.</summary>
/// <param name="File">Its name in the collection's folder.</param>
/// <param name="Reason">Why, and what to do, in one sentence.</param>
public sealed record LeftOutRecording(string File, string Reason);
