using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;

namespace MusicPipeline.Web;

/// <summary>The files of the page, from the assembly: its document, its modules, its style, and the libraries that it draws with.</summary>
public static class WebFiles
{
    /// <summary>The document.</summary>
    public const string Document = "index.html";

    /// <summary>
    /// What the page may do: load from its own host and nothing else, run no script and no style that is written into a document, and be
    /// shown in no frame. Pictures and sounds of a report are in its text, and what needs a key comes as a blob.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    private static readonly Assembly Own = typeof(WebFiles).Assembly;

    private static readonly ConcurrentDictionary<string, WebFile> Read = new(StringComparer.Ordinal);

    /// <summary>Names of all of them, with <c>/</c> between folders.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Own.GetManifestResourceNames().Order(StringComparer.Ordinal)];

    /// <summary>A file; null where there is none of the name.</summary>
    public static WebFile? Find(string name) =>
        Names.Contains(name, StringComparer.Ordinal) ? Read.GetOrAdd(name, Open) : null;

    private static WebFile Open(string name)
    {
        using var resource = Own.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new WebFile(bytes, TypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
