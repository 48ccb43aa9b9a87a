using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>
/// <c>trial.json</c>: a finished trial in numbers. It is written last, so its presence says that the trial's
/// history and model are complete.
/// </summary>
/// <param name="Trial">What was trained.</param>
/// <param name="Outcome">Completed or diverged.</param>
/// <param name="Epochs">Epochs on record; fewer than asked for where the trial diverged.</param>
/// <param name="Last">Figures of the last epoch; null where none was completed.</param>
/// <param name="BestEpoch">Epoch (1-based) with the highest validation accuracy, the earliest of equals; 0 for none.</param>
/// <param name="BestValidationAccuracy">Validation accuracy of that epoch.</param>
/// <param name="ParameterCount">Trained parameters of the network.</param>
/// <param name="Seconds">Wall time of training, in seconds.</param>
/// <param name="Device">Device that trained it.</param>
/// <param name="TrainerVersion">See <see cref="TrialId.TrainerVersion"/>.</param>
public sealed record TrialRecord(
    Trial Trial,
    TrainingOutcome Outcome,
    int Epochs,
    EpochMetrics? Last,
    int BestEpoch,
    double BestValidationAccuracy,
    long ParameterCount,
    double Seconds,
    string Device,
    string TrainerVersion);
