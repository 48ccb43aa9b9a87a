namespace MusicPipeline.Sweeps.Running;

/// <summary>How much one sweep may use.</summary>
/// <param name="ParallelTrials">Training activities at once; one a core on one machine.</param>
/// <param name="TrialsPerOrchestration">
/// Trials that one orchestration runs itself; a larger sweep is cut into parts of this size. A history grows by some
/// kilobytes a trial, and workers wait at the end of each part, so it should be many times the trials at once.
/// </param>
public sealed record SweepCapacity(int ParallelTrials, int TrialsPerOrchestration = 300)
{
    /// <summary>
    /// Whether the workers take trials in the order of asking, so that a sweep keeps back by itself while one of a higher
    /// priority runs. Where a host hands its workers out by priority this would only leave some idle.
    /// </summary>
    public bool Yields { get; init; }

    /// <summary>One trial a core of this machine.</summary>
    public static SweepCapacity OfThisMachine { get; } = new(Environment.ProcessorCount);
}
