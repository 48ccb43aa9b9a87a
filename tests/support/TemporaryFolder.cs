namespace MusicPipeline.TestSupport;

/// <summary>A folder of its own for one test, removed with its contents on dispose.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Full path of the folder.</summary>
    public string FullPath { get; } = Directory.CreateTempSubdirectory("music-test-").FullName;

    /// <summary>Full path of a file in it.</summary>
    public string File(string name) => Path.Combine(FullPath, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
