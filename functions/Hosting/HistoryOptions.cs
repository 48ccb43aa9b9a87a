using System.ComponentModel.DataAnnotations;

namespace MusicPipeline.Functions.Hosting;

/// <summary>How long Durable's history is kept.</summary>
internal sealed class HistoryOptions
{
    /// <summary>Days from the start of an orchestration that has ended to the purge of its history.</summary>
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 30;
}
