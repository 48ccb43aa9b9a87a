using MusicPipeline.Audio;
using MusicPipeline.Errors;

namespace MusicPipeline.Local.Inspecting;

/// <summary>Finds out what a file is: by its extension, and by its first bytes where the extension tells nothing.</summary>
internal static class FileInspector
{
    /// <summary>Reads what the file holds.</summary>
    /// <exception cref="InputException">The kind of file is unknown, or the file is damaged.</exception>
    public static async Task<IInspection> InspectAsync(string name, Stream file, CancellationToken cancellation)
    {
        var kind = Path.GetExtension(name).ToLowerInvariant();
        if (!IsKnown(kind)) kind = await SniffAsync(file, cancellation);
        return kind switch
        {
            ".npy" => await ArrayInspection.ReadAsync(file, cancellation),
            ".npz" => await ArchiveInspection.ReadAsync(file, cancellation),
            ".onnx" => ModelInspection.Read(file),
            ".aiff" or ".aif" or ".aifc" or ".wav" => RecordingInspection.Read(file),
            _ => throw new InputException(
                "this is no kind of file that is known here",
                "name a recording (.aiff, .aifc, .wav), an array (.npy, .npz) or a model (.onnx)",
                kind: InputErrorKind.UnsupportedType),
        };
    }

    private static bool IsKnown(string extension) =>
        extension is ".npy" or ".npz" or ".onnx" or ".aiff" or ".aif" or ".aifc" or ".wav";

    private static async Task<string> SniffAsync(Stream file, CancellationToken cancellation)
    {
        var head = new byte[4];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return head.AsSpan(0, length) switch
        {
            [0x93, (byte)'N', (byte)'U', (byte)'M'] => ".npy",
            [(byte)'P', (byte)'K', 3, 4] => ".npz",
            _ => AudioInspector.Recognizes(file) ? ".wav" : "",
        };
    }
}
