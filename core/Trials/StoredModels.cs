using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Training.Models;

namespace MusicPipeline.Trials;

/// <summary>Opens the models of sweeps and trials in storage; those used last stay loaded.</summary>
public sealed class StoredModels(IArtifactStore store) : IDisposable
{
    private const int KeptModels = 8;

    private readonly Lock _gate = new();
    private readonly List<(BlobPath Path, string ETag, ModelScorer Scorer)> _kept = [];

    /// <summary>A model, ready to score.</summary>
    /// <param name="model">Id of a sweep (its best model) or of a trial.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">No model is named, there is none of that name, or it cannot be read.</exception>
    public async Task<ModelScorer> OpenAsync(string? model, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(model))
            throw new InputException("no model is named", "add ?model= with the id of a sweep or of a trial");
        BlobPath[] places = TrialId.CanBeId(model)
            ? [BlobPaths.Sweep(model, SweepFiles.BestModel), BlobPaths.Trial(model, SweepFiles.Model)]
            : [];
        foreach (var path in places)
        {
            if (await store.TryReadAsync(path, cancellationToken) is { } content) return Keep(path, content);
        }

        throw new InputException(
            $"there is no model '{model}'",
            "name a sweep that has completed, or a finished trial",
            kind: InputErrorKind.NotFound);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, scorer) in _kept) scorer.Dispose();
    }

    private ModelScorer Keep(BlobPath path, BlobContent content)
    {
        lock (_gate)
        {
            var index = _kept.FindIndex(kept => kept.Path == path && kept.ETag == content.ETag);
            var entry = index >= 0 ? _kept[index] : (path, content.ETag, ModelScorer.Load(content.Bytes.ToArray()));
            if (index >= 0) _kept.RemoveAt(index);
            _kept.Insert(0, entry);

            // Dropped, not disposed: another request may be scoring with it, and its finalizer frees it.
            if (_kept.Count > KeptModels) _kept.RemoveAt(KeptModels);
            return entry.Item3;
        }
    }
}
