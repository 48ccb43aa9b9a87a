using MusicPipeline.Audio.Recordings;
using MusicPipeline.Errors;

namespace MusicPipeline.Local.Inspecting;

/// <summary>Finds out what a file is: by its extension, and by its first bytes where the extension tells nothing.</summary>
internal static class FileInspector
{
    /// <summary>The usual extensions of recordings.</summary>
    public static string Recordings { get; } = string.Join(", ", RecordingFormat.All.Select(format => format.Extensions[0]));

    /// <summary>Reads what the file holds.</summary>
    /// <exception cref="InputException">The kind of file is unknown, or the file is damaged.</exception>
    public static async Task<IInspection> InspectAsync(string name, Stream file, CancellationToken cancellation)
    {
        var kind = Path.GetExtension(name).ToLowerInvariant();
        if (kind is not (".npy" or ".npz" or ".onnx") && RecordingFormat.OfName(kind) is null) kind = await SniffAsync(file, cancellation);
        return kind switch
        {
            ".npy" => await ArrayInspection.ReadAsync(file, cancellation),
            ".npz" => await ArchiveInspection.ReadAsync(file, cancellation),
            ".onnx" => ModelInspection.Read(file),
            _ when RecordingFormat.OfName(kind) is not null => RecordingInspection.Read(file),
            _ => throw new InputException(
                "this is no kind of file that is known here",
                $"name a recording ({Recordings}), an array (.npy, .npz) or a model (.onnx)",
                kind: InputErrorKind.UnsupportedType),
        };
    }

    private static async Task<string> SniffAsync(Stream file, CancellationToken cancellation)
    {
        var head = new byte[4];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return head.AsSpan(0, length) switch
        {
            [0x93, (byte)'N', (byte)'U', (byte)'M'] => ".npy",
            [(byte)'P', (byte)'K', 3, 4] => ".npz",
            _ => Recording.Recognizes(file) ? ".wav" : "",
        };
    }
}
