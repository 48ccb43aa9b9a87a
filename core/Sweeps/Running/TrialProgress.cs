using System.Text.Json.Serialization;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Running;

/// <summary><c>progress.json</c> of a trial that is being trained; removed when the trial is done.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Metrics">Figures of the last epoch done.</param>
public sealed record TrialProgress(int Epoch, int Epochs, EpochMetrics? Metrics)
{
    /// <summary>The curves up to here.</summary>
    public TrialCurve? Curve { get; init; }
}

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
    /// <summary>Null in curves of earlier versions.</summary>
    [JsonPropertyName("val_balanced_accuracy")]
    public double?[]? ValidationBalancedAccuracy { get; init; }

    /// <summary>Null in curves of earlier versions.</summary>
    [JsonPropertyName("val_macro_f1")]
    public double?[]? ValidationMacroF1 { get; init; }

    /// <summary>The points after an epoch, as events of a trial.</summary>
    internal IEnumerable<EpochEvent> After(int epoch, string trialId, int epochs)
    {
        for (var point = 0; point < Epoch.Length; point++)
        {
            if (Epoch[point] <= epoch) continue;
            yield return new EpochEvent(
                trialId, Epoch[point], epochs, Loss[point], Accuracy[point], ValidationLoss[point], ValidationAccuracy[point])
            {
                ValidationBalancedAccuracy = ValidationBalancedAccuracy?[point],
                ValidationMacroF1 = ValidationMacroF1?[point],
            };
        }
    }

    /// <summary>Gathers points into curves.</summary>
    internal static TrialCurve From(IReadOnlyCollection<(int Epoch, EpochMetrics Metrics)> points) => new(
        [.. points.Select(point => point.Epoch)],
        [.. points.Select(point => point.Metrics.Loss)],
        [.. points.Select(point => point.Metrics.Accuracy)],
        [.. points.Select(point => point.Metrics.ValidationLoss)],
        [.. points.Select(point => point.Metrics.ValidationAccuracy)])
    {
        ValidationBalancedAccuracy = [.. points.Select(point => point.Metrics.ValidationBalancedAccuracy)],
        ValidationMacroF1 = [.. points.Select(point => point.Metrics.ValidationMacroF1)],
    };
}

/// <summary>A point of a running trial's curves.</summary>
/// <param name="TrialId">The trial.</param>
/// <param name="Epoch">The epoch, from 1. Of a long trial some may be left out.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Loss">Mean cross-entropy in nats.</param>
/// <param name="Accuracy">Share of rows classified rightly, 0 to 1.</param>
/// <param name="ValidationLoss">Mean cross-entropy of the validation rows, in nats.</param>
/// <param name="ValidationAccuracy">Share of validation rows classified rightly, 0 to 1.</param>
public sealed record EpochEvent(
    string TrialId,
    int Epoch,
    int Epochs,
    [property: JsonPropertyName("loss")] double Loss,
    [property: JsonPropertyName("accuracy")] double Accuracy,
    [property: JsonPropertyName("val_loss")] double ValidationLoss,
    [property: JsonPropertyName("val_accuracy")] double ValidationAccuracy)
{
    /// <summary>Mean recall of the validation rows' classes, 0 to 1; left out where it is not on record.</summary>
    [JsonPropertyName("val_balanced_accuracy")]
    public double? ValidationBalancedAccuracy { get; init; }

    /// <summary>Mean F1 of the validation rows' classes, 0 to 1; left out where it is not on record.</summary>
    [JsonPropertyName("val_macro_f1")]
    public double? ValidationMacroF1 { get; init; }
}

/// <summary>
/// The curves of a trial in training, in bounded space: 256 points at most. Added to on a training thread and copied
/// on another.
/// </summary>
internal sealed class GrowingCurve
{
    /// <summary>Most points that are kept.</summary>
    public const int MostPoints = 256;

    private readonly Lock _gate = new();
    private readonly List<(int Epoch, EpochMetrics Metrics)> _points = [];

    /// <summary>Adds an epoch; where that makes too many points, every second one of the earlier half is dropped.</summary>
    public void Add(int epoch, EpochMetrics metrics)
    {
        lock (_gate)
        {
            _points.Add((epoch, metrics));
            if (_points.Count <= MostPoints) return;
            // The very first epoch stays, or the curve would lose its beginning.
            var kept = _points.Where((_, index) => index >= MostPoints / 2 || index % 2 == 0).ToArray();
            _points.Clear();
            _points.AddRange(kept);
        }
    }

    /// <summary>The curves as they stand.</summary>
    public TrialCurve Copy()
    {
        lock (_gate) return TrialCurve.From(_points);
    }
}
