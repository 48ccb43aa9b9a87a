using System.Text.Json.Serialization;
using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>What the orchestration knows at its end and storage does not.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Halt">What it was asked for.</param>
/// <param name="Tally">How each trial ended.</param>
/// <param name="Run">Number of the run that ends; an ending of another run than the last one is ignored.</param>
public sealed record SweepEnding(string SweepId, HaltKind Halt, SweepTally Tally, int Run = 1)
{
    /// <summary>The condition that ended it before all of its trials had; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StopCause? StopCause { get; init; }

    /// <summary>Names the plan that it is about.</summary>
    internal RunKey Key => new(SweepId, Run, Since);

    /// <summary>See <see cref="PlanGrowth.Since"/>; null where the plan does not grow.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>Baselines that could not be trained; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BaselineFault>? BaselineFaults { get; init; }

    /// <summary>Why a trial has no result, in one sentence.</summary>
    internal string ReasonOf(TrialOutcome failure) => failure.Reason ?? (failure.State, Halt) switch
    {
        (TrialState.Preempted, _) => "it was broken off and will run again",
        (TrialState.Cancelled, HaltKind.Stop) => "the sweep was stopped before it ran",
        (TrialState.Cancelled, _) => "the sweep was cancelled before it ran",
        _ => "it failed; the reason is in the worker's log",
    };
}

/// <summary>A baseline that could not be trained.</summary>
/// <param name="Index">Its position among the plan's baselines.</param>
/// <param name="Reason">One sentence.</param>
public sealed record BaselineFault(int Index, string Reason);
