using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;

namespace MusicPipeline.Sweeps.Running;

/// <summary>The activities of a sweep, under the names that every host registers them by.</summary>
public static class ActivityNames
{
    /// <summary>
    /// Asks a worker that trains how much it takes at once; <see cref="string"/> (sweep id) to
    /// <see cref="Training.DeviceCapacity"/>. It runs where <see cref="Train"/> does.
    /// </summary>
    public const string DescribeDevice = "DescribeDevice";

    /// <summary>Writes the plan; <see cref="SweepStart"/> to <see cref="PlannedSweep"/>.</summary>
    public const string Plan = "PlanSweep";

    /// <summary>Reads a part of a large plan; <see cref="SweepRange"/> to <see cref="PlannedPart"/>.</summary>
    public const string PlanPart = "PlanSweepPart";

    /// <summary>Appends trials to a plan by the results so far; <see cref="TrialsWanted"/> to <see cref="PlannedPart"/>.</summary>
    public const string Suggest = "SuggestTrials";

    /// <summary>Trains a pack of trials; <see cref="TrialPack"/> to <see cref="TrialOutcome"/>[].</summary>
    public const string Train = "TrainTrials";

    /// <summary>Trains a baseline; <see cref="BaselineCall"/> to <see cref="bool"/> (whether it was on record).</summary>
    public const string TrainBaseline = "TrainBaseline";

    /// <summary>Reads what a running sweep is to do; <see cref="string"/> (sweep id) to <see cref="SweepCommands"/>.</summary>
    /// <remarks>The name is on record in the histories of sweeps that run.</remarks>
    public const string ReadCommands = "ReadOrders";

    /// <summary>Gathers results into the report; <see cref="SweepEnding"/> to <see cref="SweepState"/>.</summary>
    public const string Aggregate = "AggregateSweep";

    /// <summary>Marks a sweep as failed; <see cref="SweepFault"/> to nothing.</summary>
    public const string Fail = "FailSweep";
}
