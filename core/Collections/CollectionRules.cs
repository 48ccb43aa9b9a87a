using MusicPipeline.Errors;
using MusicPipeline.Reports.Results;

namespace MusicPipeline.Collections;

/// <summary>What the recordings of a collection keep to beyond their own formats, and what is said of those that barely do.</summary>
internal static class CollectionRules
{
    /// <summary>Most labels of a collection.</summary>
    public const int MaxLabels = 1000;

    private const int Shown = 10;

    /// <summary>Leaves out recordings that are there twice under one label.</summary>
    /// <exception cref="InputException">Equal recordings have two labels.</exception>
    public static (IReadOnlyList<KnownRecording> Distinct, IReadOnlyList<LeftOutRecording> Twins) WithoutTwins(
        string collection, IEnumerable<KnownRecording> recordings)
    {
        var distinct = new List<KnownRecording>();
        var twins = new List<LeftOutRecording>();
        foreach (var same in recordings.GroupBy(recording => recording.Sha256, StringComparer.Ordinal))
        {
            var first = same.First();
            var label = RecordingName.InFolder(collection, first.File).Label;
            foreach (var twin in same.Skip(1))
            {
                if (RecordingName.InFolder(collection, twin.File).Label != label)
                    throw new InputException(
                        $"{first.File} and {twin.File} are the same recording under two labels",
                        "remove the one that is wrong",
                        collection);
                twins.Add(new LeftOutRecording(twin.File, $"it is the same recording as {first.File}; remove one of them."));
            }

            distinct.Add(first);
        }

        return ([.. distinct.OrderBy(recording => recording.File, StringComparer.Ordinal)], twins);
    }

    /// <summary>Checks that there is something to learn and something to test.</summary>
    /// <exception cref="InputException">There are too few labels or recordings, or too many labels.</exception>
    public static void Check(
        string collection,
        IReadOnlyList<CollectedRecording> recordings,
        IReadOnlyList<string> labels,
        IReadOnlyList<LeftOutRecording> leftOut)
    {
        if (recordings.Count == 0)
        {
            var why = leftOut.Count == 0 ? "" : $", and left out were {List(leftOut)}";
            throw new InputException(
                $"no recording of it has a note{why}", "upload recordings of single notes, a folder for each label", collection);
        }

        if (labels.Count < 2)
            throw new InputException(
                $"all its recordings are under the label '{labels[0]}', which is one class, and a classifier needs two or more",
                "upload recordings under another label",
                collection);
        if (labels.Count > MaxLabels)
            throw new InputException(
                $"it has {labels.Count:N0} labels, more than {MaxLabels:N0}", "divide it into several collections", collection);
        if (!recordings.Any(recording => recording.IsTest))
            throw new InputException(
                "no label has three recordings (or sources), so that none can be held out for the test",
                "upload more recordings of a label",
                collection);
    }

    /// <summary>Labels that are not tested, in words.</summary>
    public static IReadOnlyList<string> Remarks(IReadOnlyList<CollectedPart> labels)
    {
        var untested = labels.Where(label => label.TestRecordings == 0).ToArray();
        return
        [
            .. untested.Take(Shown).Select(label =>
                $"{label.Name} has {(label.Recordings == 1 ? "one recording, which is" : $"{label.Recordings} recordings, which are")} "
                + "trained on and never tested: it takes three or more recordings, or sources, to hold one out."),
            .. untested.Length > Shown ? [$"{untested.Length - Shown} more labels are trained on and never tested."] : (string[])[],
        ];
    }

    /// <summary>What each name has.</summary>
    public static IReadOnlyList<CollectedPart> Parts(IEnumerable<IGrouping<string, CollectedRecording>> named) =>
    [
        .. named.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => new CollectedPart(
            part.Key,
            part.Count(),
            part.Sum(recording => recording.Notes),
            part.Sum(recording => recording.Seconds),
            part.Count(recording => recording.IsTest),
            part.Where(recording => recording.IsTest).Sum(recording => recording.Notes),
            part.Sum(recording => recording.WithoutPitch ?? 0))),
    ];

    private static string List(IReadOnlyList<LeftOutRecording> leftOut) =>
        string.Join(", ", leftOut.Take(Shown).Select(left => $"{left.File} ({left.Reason.TrimEnd('.')})"))
        + (leftOut.Count > Shown ? $" and {leftOut.Count - Shown:N0} more" : "");
}
