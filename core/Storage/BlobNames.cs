using System.Text;

namespace MusicPipeline.Storage;

/// <summary>
/// Makes any user-given name safe as a part of a blob's name and of a path on disk. Different names stay different:
/// what is escaped becomes <c>%XX</c> of its UTF-8 bytes, and so does <c>%</c> itself.
/// </summary>
public static class BlobNames
{
    /// <summary>
    /// Escapes control characters, <c>\ % ? * : | " &lt; &gt;</c>, segments of dots alone, dots and spaces at a
    /// segment's end, and empty segments (as <c>%2F</c>). Slashes stay: they are folders.
    /// </summary>
    public static string Escape(string name) => string.Join('/', name.Split('/').Select(EscapeSegment));

    private static string EscapeSegment(string segment)
    {
        if (segment.Length == 0) return "%2F";
        var kept = segment.TrimEnd('.', ' ').Length;
        var escaped = new StringBuilder(segment.Length);
        var position = 0;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in segment.EnumerateRunes())
        {
            if (position >= kept || IsUnsafe(rune))
            {
                foreach (var unit in utf8[..rune.EncodeToUtf8(utf8)]) escaped.Append('%').Append(unit.ToString("X2"));
            }
            else
            {
                escaped.Append(rune.ToString());
            }

            position += rune.Utf16SequenceLength;
        }

        return escaped.ToString();
    }

    private static bool IsUnsafe(Rune rune) =>
        Rune.IsControl(rune) || (rune.IsAscii && @"\%?*:|""<>".Contains((char)rune.Value));
}
