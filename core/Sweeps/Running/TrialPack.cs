using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running;

/// <summary>Trials that one activity trains.</summary>
/// <param name="SweepId">The sweep whose plan names them.</param>
/// <param name="Indices">Their positions in the plan.</param>
/// <param name="Device">What to train them on; null leaves it to the worker.</param>
/// <param name="Run">Number of the run whose plan it is; 0 for any.</param>
/// <param name="Priority">See <see cref="SweepRequest.Priority"/>.</param>
public sealed record TrialPack(string SweepId, IReadOnlyList<int> Indices, DeviceChoice? Device = null, int Run = 0, int Priority = 0)
{
    /// <summary>What ends the trials early; null where nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PrunerRequest? Pruner { get; init; }

    /// <summary>With a pruner: how far each trial is to be trained, in the order of <see cref="Indices"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TrialStop>? Stops { get; init; }

    /// <summary>See <see cref="PlanGrowth.Since"/>; null where the plan does not grow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>One trial of the pack alone.</summary>
    internal TrialPack Only(int position) =>
        this with { Indices = [Indices[position]], Stops = Stops is null ? null : [Stops[position]] };

    /// <summary>The stretch of a trial; null where it is to be trained to its end.</summary>
    internal SearchedTrial? StretchOf(int index, Trial trial)
    {
        if (Pruner is null || Stops is null) return null;
        var position = 0;
        while (Indices[position] != index) position++;
        return new SearchedTrial(Pruner, Stops[position], trial);
    }
}
