using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>Why an orchestration ended otherwise than by itself, in words.</summary>
internal static class OrchestrationEnd
{
    /// <summary>What is said of an orchestration that somebody ended by hand.</summary>
    public const string Terminated = "its orchestration was terminated; retry it, and it goes on from the trials on record";

    /// <summary>What is said of an orchestration of another version of the app.</summary>
    public const string OtherVersion =
        "it was started by another version of the app, whose steps this one cannot go on with; retry it, "
        + "and it goes on from the trials on record";

    /// <summary>What is said of an orchestration that the task hub knows nothing of any more.</summary>
    public const string Gone = "its orchestration is not in the task hub any more; retry it, and it goes on from the trials on record";

    /// <summary>Ends an orchestration whose steps another version has begun; Durable keeps newer ones away by itself.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The version is another one.</exception>
    public static void RefuseOtherVersions(TaskOrchestrationContext context)
    {
        if (context.Version != OrchestrationNames.Version)
            throw new NonDeterministicOrchestrationException(OtherVersion);
    }

    /// <summary>The reason of a failed or terminated orchestration, in one sentence; null details stand for a termination.</summary>
    public static string ReasonOf(TaskFailureDetails? details) => details switch
    {
        null => Terminated,
        _ when IsOtherVersion(details) => OtherVersion,
        _ => details.ErrorMessage,
    };

    private static bool IsOtherVersion(TaskFailureDetails? details) =>
        details is not null
        && (details.ErrorType.EndsWith(nameof(NonDeterministicOrchestrationException), StringComparison.Ordinal)
            || IsOtherVersion(details.InnerFailure));
}
