using MusicPipeline.Audio.Recordings;
using MusicPipeline.Collections;
using MusicPipeline.Errors;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Uploading;

/// <summary>How files that are uploaded into a collection get their labels.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Label">The label of all of them; null where they have several.</param>
/// <param name="FromFolder">Whether each is labelled by the name of its folder.</param>
internal sealed record LabelledUpload(string Collection, string? Label, bool FromFolder)
{
    /// <summary>The collection of those who name none.</summary>
    public const string DefaultCollection = "recordings";

    /// <summary>Where a file goes.</summary>
    /// <param name="name">Its own name.</param>
    /// <param name="folder">Name of the folder that it lies in; null where there is none.</param>
    /// <param name="text">As the user named it.</param>
    /// <exception cref="InputException">It is no recording, or has no label.</exception>
    public BlobPath TargetOf(string name, string? folder, string text)
    {
        RecordingName.CheckCollection(Collection);
        if (name == RecordingName.SourcesFile) return BlobPaths.Recording(Collection, name);
        if (RecordingFormat.OfName(name) is null)
            throw new InputException(
                "this is no recording of a format that is read",
                $"give {RecordingFormat.AllExtensions} recordings; "
                + $"'ffmpeg -i \"{name}\" \"{Path.GetFileNameWithoutExtension(name)}.wav\"' converts most others",
                text,
                InputErrorKind.UnsupportedType);
        var label = Label
            ?? (FromFolder ? folder : null)
            ?? throw new InputException("it has no label", "give one with --label, or with --label-from-folder that of its folder", text);
        return RecordingName.Of(Collection, label, name).Upload;
    }
}
