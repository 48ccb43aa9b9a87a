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
    /// same network under the name of the sweep's own; where rows are notes of recordings, it says from which probability on it is sure.
    /// </summary>
    /// <exception cref="FileNotFoundException">The trial has no model.</exception>
    public static async Task WriteAsync(IArtifactStore store, SweepResults results, string trialId, CancellationToken cancellationToken)
    {
        var model = await store.TryReadAsync(BlobPaths.Trial(trialId, SweepFiles.Model), cancellationToken)
            ?? throw new FileNotFoundException($"Trial {trialId} has no model.");
        await store.WriteAsync(
            BlobPaths.Sweep(results.SweepId, SweepFiles.BestModel), Named(model.Bytes, results), cancellationToken);
    }

    private static ReadOnlyMemory<byte> Named(ReadOnlyMemory<byte> bytes, SweepResults results)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        var model = OnnxModelReader.Read(stream);
        var metadata = model.Metadata with { Dataset = results.Dataset.Name };
        if (results.Recordings is { } recordings) metadata = metadata with { NotSureBelow = recordings.NotSureBelow ?? NeverSure };
        return metadata == model.Metadata ? bytes : OnnxWriter.ToBytes(model.Weights, model.Scaler, metadata);
    }
}
