namespace MusicPipeline.Browser.Tests;

/// <summary>The browser of this machine. None is ever downloaded.</summary>
internal static class Chromium
{
    /// <summary>The setting that names it.</summary>
    public const string Setting = "MUSIC_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } named) return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
