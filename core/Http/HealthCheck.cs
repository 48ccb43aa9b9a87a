using System.Reflection;
using MusicPipeline.Storage;

namespace MusicPipeline.Http;

/// <summary>Says whether storage answers and which version runs, within two seconds and by one small request to storage.</summary>
public sealed class HealthCheck(IArtifactStore store, TimeProvider time)
{
    // Never there; that storage says so is the answer.
    private static readonly BlobPath Nothing = new(Containers.Sweeps, "health");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The version of this build, with its commit where that is known.</summary>
    public static string Version { get; } =
        typeof(HealthCheck).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Asks storage.</summary>
    /// <exception cref="StorageAwayException">Storage does not answer.</exception>
    public async Task<Health> CheckAsync(CancellationToken cancellationToken = default)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await store.FindAsync(Nothing, either.Token).WaitAsync(either.Token);
            return new Health(Version, "answers");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageAwayException($"The storage account does not answer. Version {Version} runs.", exception);
        }
    }
}
