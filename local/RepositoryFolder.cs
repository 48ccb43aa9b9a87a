namespace MusicPipeline.Local;

/// <summary>The clone that this program was built in: its samples, Azurite's lock file, and where results go.</summary>
internal static class RepositoryFolder
{
    /// <summary>Looks upwards from the program, then from the current folder.</summary>
    /// <exception cref="SetupException">Neither is inside a clone.</exception>
    public static string Find() =>
        Above(AppContext.BaseDirectory) ?? Above(Environment.CurrentDirectory) ?? throw new SetupException(
            "the folder that holds MusicPipeline.slnx was not found", "run this program from inside its repository");

    private static string? Above(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MusicPipeline.slnx"))) return folder.FullName;
        }

        return null;
    }
}
