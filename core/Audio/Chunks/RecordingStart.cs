using MusicPipeline.Audio.Chunks;

namespace MusicPipeline.Audio;

/// <summary>A recording that is about to be read: its stream where the outer chunk begins, behind any ID3 tag.</summary>
internal sealed class RecordingStart
{
    private const int SignatureBytes = 12;

    /// <summary>Opens a seekable stream at its first byte.</summary>
    public RecordingStart(Stream recording)
    {
        Cursor = new ChunkCursor(recording);
        Id3Tag.Skip(Cursor, Warnings);
    }

    /// <summary>At the outer chunk.</summary>
    public ChunkCursor Cursor { get; }

    /// <summary>What has been odd so far.</summary>
    public WarningList Warnings { get; } = new();

    /// <summary>Whether an AIFF or AIFF-C file begins, perhaps a damaged one.</summary>
    public bool IsForm => Cursor.Peek(SignatureBytes) is { Length: < SignatureBytes } or [(byte)'F', (byte)'O', (byte)'R', (byte)'M', ..];

    /// <summary>Whether an AIFF or AIFF-C file begins.</summary>
    public bool IsAiff => IsOf("FORM"u8, "AIFF"u8) || IsOf("FORM"u8, "AIFC"u8);

    /// <summary>Whether a WAV or RF64 file begins.</summary>
    public bool IsWav => IsOf("RIFF"u8, "WAVE"u8) || IsOf("RF64"u8, "WAVE"u8);

    private bool IsOf(ReadOnlySpan<byte> id, ReadOnlySpan<byte> type)
    {
        var start = Cursor.Peek(SignatureBytes);
        return start.Length == SignatureBytes && start.StartsWith(id) && start.EndsWith(type);
    }
}
