namespace MusicPipeline.Storage;

/// <summary>Media types by file extension, so that a browser shows results straight from storage.</summary>
public static class ContentTypes
{
    /// <summary>WAV.</summary>
    public const string Wave = "audio/wav";

    /// <summary>AIFF and AIFF-C.</summary>
    public const string Aiff = "audio/aiff";

    /// <summary>The media type of a file name.</summary>
    public static string Of(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".json" => "application/json",
        ".html" => "text/html; charset=utf-8",
        ".md" => "text/markdown; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".png" => "image/png",
        ".wav" => Wave,
        ".aif" or ".aiff" or ".aifc" => Aiff,
        ".mp3" => "audio/mpeg",
        ".ogg" or ".oga" => "audio/ogg",
        _ => "application/octet-stream",
    };
}
