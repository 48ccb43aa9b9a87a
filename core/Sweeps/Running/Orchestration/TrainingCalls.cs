using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>Has packs of trials trained, and makes outcomes of what goes wrong with them.</summary>
/// <param name="context">The host.</param>
/// <param name="retry">How to retry what failed for a passing reason.</param>
/// <param name="halting">What the sweep is asked for.</param>
internal sealed class TrainingCalls(ISweepContext context, RetryRule retry, Halting halting)
{
    /// <summary>Trains a pack.</summary>
    /// <param name="pack">The trials.</param>
    /// <param name="progress">Is told when they wait for another try.</param>
    public async Task<TrialOutcome[]> TrainAsync(TrialPack pack, SweepProgress progress)
    {
        try
        {
            return await context.CallActivityAsync<TrialOutcome[]>(ActivityNames.Train, pack, retry, halting, Waits);
        }
        catch (ActivityFailedException exception) when (pack.Indices.Count == 1 || halting.Kind != HaltKind.None)
        {
            // One trial's fault is that trial's result, never the sweep's.
            var state = halting.Kind switch
            {
                HaltKind.Pause => TrialState.Preempted,
                HaltKind.Cancel => TrialState.Cancelled,
                _ => TrialState.Failed,
            };
            return [.. pack.Indices.Select(index => new TrialOutcome(index, state, Reason: exception.Message))];
        }
        catch (ActivityFailedException)
        {
            // One trial can spoil a pack. Alone, those that have a result by now are done at once.
        }

        var outcomes = new List<TrialOutcome>(pack.Indices.Count);
        for (var position = 0; position < pack.Indices.Count; position++)
            outcomes.AddRange(await TrainAsync(pack.Only(position), progress));
        return [.. outcomes];

        void Waits(bool waits)
        {
            if (waits) progress.Preempt(pack.Indices);
            else progress.Start(pack.Indices);
            context.SetStatus(progress.At(context.Now));
        }
    }
}
