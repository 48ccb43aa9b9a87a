using MusicPipeline.Data;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Downloading;

/// <summary>Copies results to a folder, in the layout of the containers.</summary>
internal sealed class ResultDownload(IArtifactStore store)
{
    private static readonly string[] PipelineState =
        [SweepFiles.Progress, SweepFiles.Checkpoint, SweepFiles.LastCheckpoint, SweepFiles.Paused];

    /// <summary>Downloads results; what never changes, trials and versions of data sets, only once.</summary>
    /// <param name="folder">Where they are copied to.</param>
    /// <param name="results">Files, and folders whose names end with a slash; one without a name is the whole container.</param>
    /// <param name="cancellationToken">Stops copying.</param>
    /// <returns>Number of files copied.</returns>
    public async Task<int> RunAsync(string folder, IEnumerable<BlobPath> results, CancellationToken cancellationToken)
    {
        var copied = 0;
        var root = Path.GetFullPath(folder);
        foreach (var container in results.GroupBy(result => result.Container, result => result.Name))
        {
            var names = container.ToHashSet(StringComparer.Ordinal);
            // Of many folders the whole container is listed once: a storage account lists no faster for a prefix.
            var prefix = names.Count == 1 ? names.First() : "";
            await Parallel.ForEachAsync(
                store.ListAsync(container.Key, prefix, cancellationToken),
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
                async (entry, token) =>
                {
                    if (IsInternal(entry.Path) || !IsIn(names, entry.Path.Name)) return;
                    if (await CopyAsync(entry, LocalPath.Of(root, entry.Path), token)) Interlocked.Increment(ref copied);
                });
        }

        return copied;
    }

    /// <summary>The results of a sweep: its own, and those of the trials and baselines of its plan.</summary>
    public async Task<IReadOnlyList<BlobPath>> OfSweepAsync(string sweepId, CancellationToken cancellationToken)
    {
        var plan = await store.TryReadJsonAsync<SweepPlan>(BlobPaths.Sweep(sweepId, SweepFiles.Plan), cancellationToken);
        return
        [
            BlobPaths.Sweep(sweepId, ""),
            .. plan?.Trials.Select(trial => BlobPaths.Trial(trial.Id, "")) ?? [],
            .. plan?.Baselines?.Select(baseline => BlobPaths.Baseline(baseline.Id, "")) ?? [],
        ];
    }

    /// <summary>The results of an upload: a recording's, or the current version of a data set; and what is wrong with it.</summary>
    public async Task<IReadOnlyList<BlobPath>> OfUploadAsync(BlobPath upload, CancellationToken cancellationToken)
    {
        var rejected = BlobPaths.Rejected(upload);
        if (upload.Container == Containers.AudioUploads) return [rejected, BlobPaths.Audio(upload.Name, "")];
        if (DatasetFileName.TryParse(upload.Name) is not { Dataset: var name }) return [rejected];
        var current = BlobPaths.DatasetCurrent(name);
        return await store.TryReadJsonAsync<CurrentDataset>(current, cancellationToken) is { Version: var version }
            ? [rejected, current, BlobPaths.Dataset(name, version, "")]
            : [rejected];
    }

    private static bool IsIn(HashSet<string> names, string file)
    {
        if (names.Contains(file) || names.Contains("")) return true;
        for (var slash = file.IndexOf('/'); slash >= 0; slash = file.IndexOf('/', slash + 1))
        {
            if (names.Contains(file[..(slash + 1)])) return true;
        }

        return false;
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
