namespace MusicPipeline.Reports.Results;

/// <summary>A model scored once on the test set.</summary>
/// <param name="Loss">Mean cross-entropy in nats.</param>
/// <param name="Accuracy">Share classified rightly, 0 to 1.</param>
/// <param name="Rows">Test rows.</param>
public sealed record TestScore(double Loss, double Accuracy, int Rows);
