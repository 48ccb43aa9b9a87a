using MusicPipeline.Storage;
using MusicPipeline.Sweeps;

namespace MusicPipeline.Local.Downloading;

/// <summary>Copies the result containers to a folder, in the same layout.</summary>
internal sealed class ResultDownload(IArtifactStore store)
{
    private static readonly string[] PipelineState =
        [SweepFiles.Progress, SweepFiles.Checkpoint, SweepFiles.LastCheckpoint, SweepFiles.Paused];

    /// <summary>Downloads every result; what never changes, trials and versions of data sets, only once.</summary>
    /// <returns>Number of files copied.</returns>
    public async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var copied = 0;
        var root = Path.GetFullPath(folder);
        foreach (var container in Containers.Results)
        {
            await Parallel.ForEachAsync(
                store.ListAsync(container, cancellationToken: cancellationToken),
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
                async (entry, token) =>
                {
                    if (IsInternal(entry.Path)) return;
                    if (await CopyAsync(entry, LocalPath.Of(root, entry.Path), token)) Interlocked.Increment(ref copied);
                });
        }

        return copied;
    }

    /// <summary>What only the pipeline itself reads.</summary>
    private static bool IsInternal(BlobPath path) => path.Container switch
    {
        Containers.Trials => PipelineState.Any(file => path.Name.EndsWith($"/{file}", StringComparison.Ordinal)),
        Containers.Sweeps => path.Name.StartsWith("keys/", StringComparison.Ordinal)
            || path.Name.EndsWith($"/{SweepFiles.Ended}", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsWrittenOnce(BlobPath path) => path.Container switch
    {
        Containers.Trials or Containers.Baselines => true,
        Containers.Datasets => !path.Name.EndsWith("/current.json", StringComparison.Ordinal),
        _ => false,
    };

    private async Task<bool> CopyAsync(BlobEntry entry, string target, CancellationToken cancellationToken)
    {
        var present = new FileInfo(target);
        if (IsWrittenOnce(entry.Path) && present.Exists && present.Length == entry.Length) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var stream = await store.OpenReadAsync(entry.Path, cancellationToken))
            await using (var file = File.Create(temporary))
            {
                await stream.CopyToAsync(file, cancellationToken);
            }

            File.Move(temporary, target, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is BlobChangedException or FileNotFoundException)
        {
            // Replaced or removed by somebody else in the meantime; the next download gets what is there then.
            return false;
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
