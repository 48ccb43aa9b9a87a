using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Collections.Orchestration;

/// <summary>The activities of a collecting, under the names that every host registers them by.</summary>
public static class CollectNames
{
    /// <summary>The orchestration; <see cref="CollectRun"/> to <see cref="bool"/> (whether a data set was made).</summary>
    public const string Orchestration = "CollectDataset";

    /// <summary>Lists recordings; <see cref="CollectRun"/> to <see cref="PlannedCollect"/>.</summary>
    public const string Plan = "PlanCollect";

    /// <summary>Reads a pack of recordings; <see cref="NotesCall"/> to <see cref="int"/>.</summary>
    public const string FindNotes = "FindNotes";

    /// <summary>Makes the data set; <see cref="PlannedCollect"/> to <see cref="bool"/> (whether it is done).</summary>
    public const string Build = "BuildCollection";

    /// <summary>Puts on record why there is none; <see cref="CollectFault"/> to <see cref="bool"/> (whether the run has ended).</summary>
    public const string Fail = "FailCollect";
}

/// <summary>
/// From a collection's recordings to its data set, written once for every host. It holds no state but its own variables, so that a host may
/// run it again from the start: what is on record is not done twice.
/// </summary>
public static class CollectOrchestration
{
    // Who uploads for hours collects when that has ended.
    private const int MostRounds = 20;

    /// <summary>Runs a collecting that is on record.</summary>
    /// <param name="context">The host.</param>
    /// <param name="run">The collection.</param>
    /// <param name="retry">How to retry what failed for a passing reason.</param>
    /// <returns>Whether a data set was made; else the results on record say why not.</returns>
    /// <exception cref="ActivityFailedException">Not even a failure could be put on record.</exception>
    public static async Task<bool> RunAsync(ISweepContext context, CollectRun run, RetryRule retry)
    {
        for (var round = 1; ; round++)
        {
            PlannedCollect? planned = null;
            string reason;
            try
            {
                planned = await context.CallActivityAsync<PlannedCollect>(CollectNames.Plan, run, retry);
                var packs = Enumerable.Range(0, planned.Packs).Select(pack => context.CallActivityAsync<int>(
                    CollectNames.FindNotes, new NotesCall(run.Collection, planned.Id, pack), retry));
                await Task.WhenAll(packs);
                if (await context.CallActivityAsync<bool>(CollectNames.Build, planned, retry)) return true;
                if (round < MostRounds) continue;
                reason = $"{run.Collection}: its recordings kept changing while they were read; collect it again when uploads have ended.";
            }
            catch (ActivityFailedException exception)
            {
                // What follows does not belong into the handler: Durable replays awaits, not exception filters.
                reason = exception.Message;
            }

            var fault = new CollectFault(run.Collection, run.Run, planned?.Asked ?? 0, reason);
            if (await context.CallActivityAsync<bool>(CollectNames.Fail, fault, retry) || round >= MostRounds) return false;
        }
    }
}
