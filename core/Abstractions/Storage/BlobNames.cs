using System.Security.Cryptography;
using System.Text;

namespace MusicPipeline.Storage;

/// <summary>
/// Makes any user-given name safe as a part of a blob's name and of a path on disk. Different names stay different:
/// what is escaped becomes <c>%XX</c> of its UTF-8 bytes, and so does <c>%</c> itself. (A lone surrogate, which is no
/// character and which no blob's name can hold, counts as U+FFFD.)
/// </summary>
public static class BlobNames
{
    // Storage takes names of up to 1,024 characters; the rest is for the folders and files around this one.
    private const int MaxLength = 900;
    private const int KeptLength = 800;

    /// <summary>
    /// Escapes control characters, <c>\ % ? * : | " &lt; &gt;</c>, segments of dots alone, dots and spaces at a
    /// segment's end, and empty segments (as <c>%2F</c>). Slashes stay: they are folders. Of a name that is longer than
    /// 900 characters then, the first 800 and a hash stay.
    /// </summary>
    public static string Escape(string name)
    {
        var escaped = string.Join('/', name.Split('/').Select(EscapeSegment));
        return escaped.Length <= MaxLength ? escaped : Shorten(escaped);
    }

    private static string Shorten(string escaped)
    {
        var kept = char.IsHighSurrogate(escaped[KeptLength - 1]) ? KeptLength - 1 : KeptLength;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(escaped));
        // "%~" is no escape, so no other name ends like this.
        return $"{escaped[..kept]}%~{Convert.ToHexStringLower(hash)[..32]}";
    }

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
