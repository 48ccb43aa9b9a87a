using System.Security.Cryptography;
using System.Text;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Downloading;

/// <summary>Where a blob is kept on disk. Whatever a blob is called, its path stays inside of the folder.</summary>
internal static class LocalPath
{
    // Longest name of a file or folder that common file systems take, in bytes, with room for a temporary ending.
    private const int MaxSegmentBytes = 200;

    public static string Of(string folder, BlobPath blob)
    {
        var segments = blob.Name.Split('/').Select(segment => Shorten(IsPlain(segment) ? segment : BlobNames.Escape(segment)));
        return Path.Combine([folder, blob.Container, .. segments]);
    }

    // The pipeline's own names are escaped already; escaping them again would change them.
    private static bool IsPlain(string segment) =>
        segment.Length > 0 && BlobNames.Escape(segment.Replace('%', '_')) == segment.Replace('%', '_');

    private static string Shorten(string segment)
    {
        var bytes = Encoding.UTF8.GetBytes(segment);
        if (bytes.Length <= MaxSegmentBytes) return segment;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        var extension = Path.GetExtension(segment);
        if (extension.Length > 10) extension = "";
        var kept = segment;
        while (Encoding.UTF8.GetByteCount(kept) > MaxSegmentBytes - 24)
            kept = kept[..^(char.IsLowSurrogate(kept[^1]) ? 2 : 1)];
        return $"{kept}~{hash}{extension}";
    }
}
