using MusicPipeline.Data;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Collections;

/// <summary>
/// Where a labelled recording lies: <c>recordings/&lt;collection&gt;/&lt;label&gt;/&lt;file&gt;</c>. A collection is called as a
/// data set may be; a label is any text of 1 to 100 characters that can be a folder.
/// </summary>
/// <param name="Collection">The collection, and the data set that it becomes.</param>
/// <param name="Label">What plays.</param>
/// <param name="File">The file's own name.</param>
public sealed record RecordingName(string Collection, string Label, string File)
{
    /// <summary>The file of a collection that says which recordings have a source in common.</summary>
    public const string SourcesFile = "sources.json";

    private const int MaxLabel = 100;

    /// <summary>The name in the collection's folder: <c>violin/scale.aiff</c>.</summary>
    public string InCollection => $"{Label}/{File}";

    /// <summary>Where it is uploaded to.</summary>
    public BlobPath Upload => BlobPaths.Recording(Collection, InCollection);

    /// <summary>Checks a name that somebody gave.</summary>
    /// <exception cref="InputException">The collection or the label cannot be called so.</exception>
    public static RecordingName Of(string collection, string label, string file)
    {
        CheckCollection(collection);
        return LabelFault(label) is { } fault
            ? throw new InputException($"the label '{label}' {fault}", "call it after what plays, such as violin", file)
            : new RecordingName(collection, label, file);
    }

    /// <summary>The recording of a blob in a collection's folder, such as <c>violin/scale.aiff</c>.</summary>
    /// <exception cref="InputException">It lies in no label's folder, or deeper, or the label cannot be one.</exception>
    public static RecordingName InFolder(string collection, string name)
    {
        var parts = name.Split('/');
        if (parts.Length != 2 || parts[1].Length == 0)
            throw new InputException(
                "it does not lie in the folder of a label", $"put it into {Containers.Recordings}/{collection}/<label>", name);
        return LabelFault(parts[0]) is { } fault
            ? throw new InputException($"the label '{parts[0]}' {fault}", "call it after what plays, such as violin", name)
            : new RecordingName(collection, parts[0], parts[1]);
    }

    /// <summary>Checks the name of a collection.</summary>
    /// <exception cref="InputException">It cannot be called so.</exception>
    public static void CheckCollection(string collection)
    {
        if (CollectionFault(collection) is { } fault)
            throw new InputException(
                $"the collection's name {fault}",
                "use letters, digits, '-', '_', '.' and spaces",
                collection.Length == 0 ? null : collection);
    }

    /// <summary>Says what is wrong with the name of a collection; null where nothing is.</summary>
    internal static string? CollectionFault(string collection) =>
        DatasetFileName.Fault(collection) ?? (BlobNames.Escape(collection) == collection ? null : "ends with a '.', as no folder's does");

    private static string? LabelFault(string label)
    {
        if (label.Length == 0) return "is empty";
        if (label.Length > MaxLabel) return $"has {label.Length} characters, more than {MaxLabel}";
        return label[0] == ' ' || label.Contains('/', StringComparison.Ordinal) || BlobNames.Escape(label) != label
            ? "has characters that a folder's name cannot have"
            : null;
    }
}
