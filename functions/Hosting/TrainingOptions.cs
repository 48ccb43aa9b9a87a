using System.ComponentModel.DataAnnotations;

namespace MusicPipeline.Functions.Hosting;

/// <summary>How much a sweep may use.</summary>
internal sealed class TrainingOptions
{
    /// <summary>Trials that one sweep trains at once, over all workers; 0 for one a core of the worker that plans it.</summary>
    [Range(0, 10_000)]
    public int ParallelTrials { get; set; }
}
