namespace MusicPipeline.Trials;

/// <summary>What stop conditions look at.</summary>
/// <param name="BestAccuracy">Best validation accuracy of any trial that ended, 0 to 1.</param>
/// <param name="Ended">Trials that were completed, pruned or diverged, also those from the record.</param>
/// <param name="Epochs">Epochs trained in this sweep; those of reused results do not count.</param>
/// <param name="Elapsed">Time since the sweep started.</param>
/// <param name="Failures">Trials that failed.</param>
public sealed record StopProgress(double BestAccuracy, int Ended, long Epochs, TimeSpan Elapsed, int Failures);
