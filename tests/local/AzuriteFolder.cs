using MusicPipeline.Local.Storage;
using MusicPipeline.TestSupport;

namespace MusicPipeline.Local.Tests;

/// <summary>The installed Azurite of this clone.</summary>
internal static class AzuriteFolder
{
    /// <summary>Folder with <c>host.js</c>, installed where it was not yet.</summary>
    public static async Task<string> InstalledAsync()
    {
        var folder = Path.Combine(RepositoryPaths.Root, "infra", "azurite");
        await new AzuriteInstaller(folder, _ => { }).EnsureAsync(CancellationToken.None);
        return folder;
    }
}
