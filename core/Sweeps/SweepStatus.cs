namespace MusicPipeline.Sweeps;

/// <summary>
/// A sweep's progress as its orchestration shows it: one letter a trial, so that 10,000 trials stay under the
/// 16 KB that Durable Functions allows.
/// </summary>
/// <param name="Trials">One letter a trial in the order of the plan; see <see cref="TrialLetters"/>.</param>
/// <param name="Reused">Trials that were on record before.</param>
/// <param name="BestIndex">Position of the best trial so far in the plan, or -1.</param>
/// <param name="BestValidationAccuracy">Its last validation accuracy, 0 to 1.</param>
/// <param name="StartedAt">When the orchestration started.</param>
/// <param name="EstimatedEnd">When it should end, where that can be told.</param>
public sealed record SweepStatus(
    string Trials,
    int Reused,
    int BestIndex,
    double BestValidationAccuracy,
    DateTimeOffset StartedAt,
    DateTimeOffset? EstimatedEnd);
