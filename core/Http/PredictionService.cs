using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;

namespace MusicPipeline.Http;

/// <summary>Classifies rows by a sweep's best model or a trial's. The models used last stay loaded.</summary>
public sealed class PredictionService(IArtifactStore store) : IDisposable
{
    private const int KeptModels = 8;

    private readonly Lock _gate = new();
    private readonly List<(BlobPath Path, string ETag, ModelScorer Scorer)> _kept = [];

    /// <summary>Classifies rows.</summary>
    /// <param name="model">Id of a sweep (its best model) or of a trial.</param>
    /// <param name="rows">Raw features.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="InputException">There is no such model, or the rows do not fit it.</exception>
    public async Task<PredictionAnswer> PredictAsync(
        string? model, FeatureRows rows, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(model))
            throw new InputException("no model is named", "add ?model= with the id of a sweep or of a trial");
        var scorer = await LoadAsync(model, cancellationToken);
        var prediction = scorer.Score(rows.Features, rows.FeatureCount, cancellationToken);
        return new PredictionAnswer(
            model,
            prediction.Classes,
            prediction.Labels,
            [.. Enumerable.Range(0, prediction.Rows).Select(row => prediction.Row(row).ToArray())]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, scorer) in _kept) scorer.Dispose();
    }

    private async Task<ModelScorer> LoadAsync(string model, CancellationToken cancellationToken)
    {
        BlobPath[] places = SweepDocuments.CanBeId(model)
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
