using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Requests;

/// <summary>The best trial of a sweep, finished or so far.</summary>
/// <param name="TrialId">Its id.</param>
/// <param name="Parameters">Its hyper-parameters.</param>
/// <param name="ValidationAccuracy">Its last validation accuracy, 0 to 1.</param>
public sealed record BestTrial(string TrialId, HyperParameters Parameters, double ValidationAccuracy)
{
    /// <summary>A trial that completed, as the best.</summary>
    internal static BestTrial Of(TrialRecord record) => new(record.Trial.Id, record.Trial.Parameters, record.Last!.ValidationAccuracy);
}
