namespace MusicPipeline.Storage;

/// <summary>Media types by file extension, so that a browser shows results straight from storage.</summary>
public static class ContentTypes
{
    /// <summary>The media type of a file name.</summary>
    public static string Of(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".json" => "application/json",
        ".html" => "text/html; charset=utf-8",
        ".md" => "text/markdown; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".png" => "image/png",
        ".wav" => "audio/wav",
        ".aif" or ".aiff" or ".aifc" => "audio/aiff",
        ".mp3" => "audio/mpeg",
        ".ogg" or ".oga" => "audio/ogg",
        _ => "application/octet-stream",
    };
}
