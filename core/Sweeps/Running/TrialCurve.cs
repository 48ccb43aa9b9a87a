using System.Text.Json.Serialization;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Running;

/// <summary>
/// Points of the curves of a running trial, in ascending order of epochs. All arrays have one length. Of a long trial
/// the later epochs are there one by one, and of the earlier ones every second, fourth, eighth and so on.
/// </summary>
public sealed record TrialCurve(
    [property: JsonPropertyName("epoch")] int[] Epoch,
    [property: JsonPropertyName("loss")] double[] Loss,
    [property: JsonPropertyName("accuracy")] double[] Accuracy,
    [property: JsonPropertyName("val_loss")] double[] ValidationLoss,
    [property: JsonPropertyName("val_accuracy")] double[] ValidationAccuracy)
{
    /// <summary>The points after an epoch, as events of a trial.</summary>
    internal IEnumerable<EpochEvent> After(int epoch, string trialId, int epochs)
    {
        for (var point = 0; point < Epoch.Length; point++)
        {
            if (Epoch[point] <= epoch) continue;
            yield return new EpochEvent(
                trialId, Epoch[point], epochs, Loss[point], Accuracy[point], ValidationLoss[point], ValidationAccuracy[point]);
        }
    }

    /// <summary>Gathers points into curves.</summary>
    internal static TrialCurve From(IReadOnlyCollection<(int Epoch, EpochMetrics Metrics)> points) => new(
        [.. points.Select(point => point.Epoch)],
        [.. points.Select(point => point.Metrics.Loss)],
        [.. points.Select(point => point.Metrics.Accuracy)],
        [.. points.Select(point => point.Metrics.ValidationLoss)],
        [.. points.Select(point => point.Metrics.ValidationAccuracy)]);
}
