using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>A baseline as <c>sweep.json</c> and <c>GET /api/sweeps/{id}</c> show it once the sweep has ended.</summary>
/// <param name="Id">See <see cref="BaselineTrial.Id"/>.</param>
/// <param name="Name">Its name, such as <c>sdca</c>.</param>
/// <param name="Fold">The fold that it was validated on, from 1 on; null without folds.</param>
/// <param name="Loss">Training loss; null where it gives no probabilities.</param>
/// <param name="Accuracy">Training accuracy; null without a result, as all figures then.</param>
/// <param name="ValidationLoss">Validation loss; null where it gives no probabilities.</param>
/// <param name="ValidationAccuracy">Validation accuracy.</param>
/// <param name="Reason">Why it has no result.</param>
public sealed record BaselineView(
    string Id,
    string Name,
    int? Fold = null,
    double? Loss = null,
    double? Accuracy = null,
    double? ValidationLoss = null,
    double? ValidationAccuracy = null,
    string? Reason = null);
