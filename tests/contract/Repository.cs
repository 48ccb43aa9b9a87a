namespace MusicPipeline.Contract.Tests;

/// <summary>Finds the clone and the program that was built in it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The local host, of the same configuration as these tests.</summary>
    public static string Program { get; } = Path.Combine(Root, "local", "bin", Configuration(), "net10.0", "music.dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MusicPipeline.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("MusicPipeline.slnx is in no folder above the tests.");
    }

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
