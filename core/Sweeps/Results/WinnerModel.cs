using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>The winner's model beside the report.</summary>
internal static class WinnerModel
{
    // Hardly any mean of probabilities comes to that.
    private const double NeverSure = 1;

    /// <summary>
    /// Copies the model of the winning trial. Where that was trained for another data set of the same content, the copy is the
    /// same network under the name of the sweep's own; where rows are notes of recordings, it says from which probability on it is sure
    /// and how many of them have no pitch, and lies there once more as a model of a note's samples.
    /// </summary>
    /// <exception cref="FileNotFoundException">The trial has no model.</exception>
    public static async Task WriteAsync(IArtifactStore store, SweepResults results, string trialId, CancellationToken cancellationToken)
    {
        var model = await store.TryReadAsync(BlobPaths.Trial(trialId, SweepFiles.Model), cancellationToken)
            ?? throw new FileNotFoundException($"Trial {trialId} has no model.");
        using var stream = new MemoryStream(model.Bytes.ToArray());
        var trained = OnnxModelReader.Read(stream);
        var metadata = MetadataOf(trained, results);
        var best = metadata == trained.Metadata ? model.Bytes : OnnxWriter.ToBytes(trained.Weights, trained.Scaler, metadata);
        await store.WriteAsync(BlobPaths.Sweep(results.SweepId, SweepFiles.BestModel), best, cancellationToken);
        if (results.Transform is not { } transform) return;
        var classifier = OnnxWriter.ToBytes(trained.Weights, trained.Scaler, metadata, transform);
        await store.WriteAsync(BlobPaths.Sweep(results.SweepId, SweepFiles.Classifier), classifier, cancellationToken);
    }

    private static ModelMetadata MetadataOf(TrainedModel model, SweepResults results)
    {
        // The trial may be from before anybody looked for pitches.
        var metadata = model.Metadata with { Dataset = results.Dataset.Name, WithoutPitch = results.Dataset.WithoutPitch };
        return results.Recordings is { } recordings
            ? metadata with { NotSureBelow = recordings.NotSureBelow ?? NeverSure }
            : metadata;
    }
}
