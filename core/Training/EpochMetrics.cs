namespace MusicPipeline.Training;

/// <summary>
/// One epoch's figures as Keras reports them: training loss and accuracy are running means over the epoch's
/// batches, each taken before its update; the validation figures follow the epoch.
/// </summary>
/// <param name="Loss">Mean cross-entropy in nats.</param>
/// <param name="Accuracy">Share of rows classified rightly, 0 to 1.</param>
/// <param name="ValidationLoss">Mean cross-entropy of the validation rows, in nats.</param>
/// <param name="ValidationAccuracy">Share of validation rows classified rightly, 0 to 1.</param>
public sealed record EpochMetrics(double Loss, double Accuracy, double ValidationLoss, double ValidationAccuracy);
