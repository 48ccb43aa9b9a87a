using MusicPipeline.Reports.Results;
using MusicPipeline.Storage;
using MusicPipeline.Training.Models;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>The winner's model beside the report.</summary>
internal static class WinnerModel
{
    /// <summary>
    /// Copies the model of the winning trial. Where that was trained for another data set of the same content, the copy is the
    /// same network under the name of the sweep's own.
    /// </summary>
    /// <exception cref="FileNotFoundException">The trial has no model.</exception>
    public static async Task WriteAsync(IArtifactStore store, SweepResults results, string trialId, CancellationToken cancellationToken)
    {
        var model = await store.TryReadAsync(BlobPaths.Trial(trialId, SweepFiles.Model), cancellationToken)
            ?? throw new FileNotFoundException($"Trial {trialId} has no model.");
        await store.WriteAsync(
            BlobPaths.Sweep(results.SweepId, SweepFiles.BestModel), Named(model.Bytes, results.Dataset.Name), cancellationToken);
    }

    private static ReadOnlyMemory<byte> Named(ReadOnlyMemory<byte> bytes, string dataset)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        var model = OnnxModelReader.Read(stream);
        return model.Metadata.Dataset == dataset
            ? bytes
            : OnnxWriter.ToBytes(model.Weights, model.Scaler, model.Metadata with { Dataset = dataset });
    }
}
