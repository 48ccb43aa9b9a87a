using System.Text;

namespace MusicPipeline.Audio.Chunks;

/// <summary>Texts of a chunked file, as far as they are worth keeping.</summary>
internal sealed class ChunkText
{
    /// <summary>Bytes of a text that are kept.</summary>
    public const int LongestChunk = 16 * 1024;

    private const int LongestInAll = 64 * 1024;
    private readonly Dictionary<string, StringBuilder> _texts = [];
    private int _characters;

    /// <summary>Whether some text was too long and has been cut or left out.</summary>
    public bool Cut { get; set; }

    /// <summary>Takes the text of a chunk; several of one kind are joined by line breaks.</summary>
    public void Add(string id, in Chunk chunk, ChunkCursor cursor)
    {
        if (chunk.Available == 0) return;
        cursor.Position = chunk.Body;
        var bytes = cursor.Peek((int)Math.Min(chunk.Available, LongestChunk));
        if (chunk.Available > LongestChunk)
        {
            Cut = true;
            // Not in the middle of a character of UTF-8.
            while (bytes.Length > LongestChunk - 4 && bytes[^1] >= 0x80) bytes = bytes[..^1];
        }

        Add(id, Decode(bytes));
    }

    /// <summary>Takes a text; several of one kind are joined by line breaks.</summary>
    public void Add(string id, string text)
    {
        text = Printable(text);
        if (text.Length == 0) return;
        if (_characters + text.Length > LongestInAll)
        {
            Cut = true;
            return;
        }

        _characters += text.Length;
        if (!_texts.TryGetValue(id, out var known)) _texts[id] = known = new StringBuilder();
        if (known.Length > 0) known.Append('\n');
        known.Append(text);
    }

    /// <summary>The text kept under an id, or null.</summary>
    public string? Get(string id) => _texts.GetValueOrDefault(id)?.ToString();

    /// <summary>UTF-8 where it is valid, else Mac Roman, the character set of the Macs that AIFF comes from.</summary>
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        if (end >= 0) bytes = bytes[..end];
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : CodePagesEncodingProvider.Instance.GetEncoding(10000)!.GetString(bytes);
    }

    private static string Printable(string text)
    {
        var printable = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return string.Concat(printable.Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();
    }
}
