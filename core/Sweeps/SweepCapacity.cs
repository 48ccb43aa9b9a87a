namespace MusicPipeline.Sweeps;

/// <summary>How much one sweep may use.</summary>
/// <param name="ParallelTrials">Training activities at once; one a core on one machine.</param>
public sealed record SweepCapacity(int ParallelTrials)
{
    /// <summary>One trial a core of this machine.</summary>
    public static SweepCapacity OfThisMachine { get; } = new(Environment.ProcessorCount);
}
