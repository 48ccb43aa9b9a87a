using MusicPipeline.Collections;
using MusicPipeline.Collections.Orchestration;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;

namespace MusicPipeline.Local.Running;

/// <summary>
/// Runs activities by name, with as many training slots for all sweeps together as this host has, one a core by default,
/// and one in all for a device that takes many trials at once.
/// </summary>
internal sealed class LocalActivities(
    DescribeDeviceActivity describe,
    PlanSweepActivity plan,
    PlanSweepPartActivity planPart,
    TrainTrialsActivity train,
    TrainBaselineActivity trainBaseline,
    AggregateSweepActivity aggregate,
    ReadCommandsActivity readCommands,
    SuggestTrialsActivity suggest,
    PlanCollectActivity planCollect,
    FindNotesActivity findNotes,
    BuildCollectionActivity buildCollection,
    FailCollectActivity failCollect,
    ITrainingDevices devices,
    SweepCapacity capacity)
{
    private readonly FairGate _cores = new(capacity.ParallelTrials);
    private readonly FairGate _gpu = new(1);

    public async Task<object> RunAsync(string activity, object input, CancellationToken cancellationToken) => activity switch
    {
        ActivityNames.DescribeDevice => await describe.RunAsync((string)input, cancellationToken),
        ActivityNames.Plan => await plan.RunAsync((SweepStart)input, cancellationToken),
        ActivityNames.PlanPart => await planPart.RunAsync((SweepRange)input, cancellationToken),
        ActivityNames.Train => await TrainAsync((TrialPack)input, cancellationToken),
        ActivityNames.TrainBaseline => await TrainAsync((BaselineCall)input, cancellationToken),
        ActivityNames.Suggest => await suggest.RunAsync((TrialsWanted)input, cancellationToken),
        ActivityNames.ReadCommands => await readCommands.RunAsync((string)input, cancellationToken),
        ActivityNames.Aggregate => await aggregate.RunAsync((SweepEnding)input, cancellationToken),
        CollectNames.Plan => await planCollect.RunAsync((CollectRun)input, cancellationToken),
        CollectNames.FindNotes => await FindNotesAsync((NotesCall)input, cancellationToken),
        CollectNames.Build => await buildCollection.RunAsync((PlannedCollect)input, cancellationToken),
        CollectNames.Fail => await failCollect.RunAsync((CollectFault)input, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(activity), activity, "No activity has this name."),
    };

    private async Task<int> FindNotesAsync(NotesCall call, CancellationToken cancellationToken)
    {
        await _cores.WaitAsync(call.Collection, priority: 0, cancellationToken);
        try
        {
            return await findNotes.RunAsync(call, cancellationToken);
        }
        finally
        {
            _cores.Release();
        }
    }

    private async Task<bool> TrainAsync(BaselineCall call, CancellationToken cancellationToken)
    {
        // On a core, also where the trials are on a GPU.
        await _cores.WaitAsync(call.SweepId, call.Priority, cancellationToken);
        try
        {
            return await trainBaseline.RunAsync(call, cancellationToken);
        }
        finally
        {
            _cores.Release();
        }
    }

    private async Task<TrialOutcome[]> TrainAsync(TrialPack pack, CancellationToken cancellationToken)
    {
        var slots = devices.Choose(pack.Device).Capacity.MaxTrials > 1 ? _gpu : _cores;
        await slots.WaitAsync(pack.SweepId, pack.Priority, cancellationToken);
        try
        {
            return await train.RunAsync(pack, cancellationToken);
        }
        finally
        {
            slots.Release();
        }
    }
}
