namespace MusicPipeline.TestSupport;

/// <summary>Finds the repository and the shared test material beside it.</summary>
public static class RepositoryPaths
{
    /// <summary>Folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the repository's <c>samples</c> folder.</summary>
    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    /// <summary>A path in the shared material beside the repository; skips the running test where it is absent.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([SharedRoot, .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path))
            Xunit.Assert.Skip($"The shared test material is not here ({string.Join('/', parts)}).");
        return path;
    }

    /// <summary>Whether the shared material is there, for theories that list its files.</summary>
    public static bool HasShared => Directory.Exists(SharedRoot);

    private static string SharedRoot =>
        Environment.GetEnvironmentVariable("MUSIC_SHARED") ?? Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MusicPipeline.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("MusicPipeline.slnx is in no folder above the tests.");
    }
}
