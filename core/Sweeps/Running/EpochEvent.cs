using System.Text.Json.Serialization;

namespace MusicPipeline.Sweeps.Running;

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
    [property: JsonPropertyName("val_accuracy")] double ValidationAccuracy);
