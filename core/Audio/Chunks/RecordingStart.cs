namespace MusicPipeline.Audio.Chunks;

/// <summary>A recording that is about to be read: its stream where the outer chunk begins, behind any ID3 tag.</summary>
internal sealed class RecordingStart
{
    private const int SignatureBytes = 12;

    /// <summary>Opens a seekable stream at its first byte.</summary>
    public RecordingStart(Stream recording)
    {
        Stream = recording;
        Cursor = new ChunkCursor(recording);
        Id3Tag.Skip(Cursor, Warnings);
    }

    /// <summary>The recording.</summary>
    public Stream Stream { get; }

    /// <summary>At the outer chunk.</summary>
    public ChunkCursor Cursor { get; }

    /// <summary>What has been odd so far.</summary>
    public WarningList Warnings { get; } = new();

    /// <summary>Whether the file ends before it can be told what it is, or begins with this chunk.</summary>
    public bool IsShortOr(ReadOnlySpan<byte> id)
    {
        var start = Cursor.Peek(SignatureBytes);
        return start.Length < SignatureBytes || start.StartsWith(id);
    }

    /// <summary>Whether the outer chunk has this id and this type.</summary>
    public bool IsOf(ReadOnlySpan<byte> id, ReadOnlySpan<byte> type)
    {
        var start = Cursor.Peek(SignatureBytes);
        return start.Length == SignatureBytes && start.StartsWith(id) && start.EndsWith(type);
    }
}
