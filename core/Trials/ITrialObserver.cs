using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>Watches trials being trained in this process, to show their progress. Called on training threads.</summary>
public interface ITrialObserver
{
    /// <summary>A trial did another epoch.</summary>
    void OnEpoch(Trial trial, int epoch, EpochMetrics metrics);

    /// <summary>A trial has a result, new or from the record.</summary>
    void OnFinished(Trial trial, TrialRecord record, bool reused);
}
