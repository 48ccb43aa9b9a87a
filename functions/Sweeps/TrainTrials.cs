using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Training.Packs;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>Training, apart from the other functions: in the cloud this alone runs on the workers with a GPU.</summary>
public sealed class TrainTrials(TrainTrialsActivity train, DescribeDeviceActivity describe)
{
    [Function(ActivityNames.DescribeDevice)]
    public Task<DeviceCapacity> DescribeAsync([ActivityTrigger] string sweepId, CancellationToken cancellationToken) =>
        describe.RunAsync(sweepId, cancellationToken);

    [Function(ActivityNames.Train)]
    public Task<TrialOutcome[]> RunAsync([ActivityTrigger] TrialPack pack, CancellationToken cancellationToken) =>
        train.RunAsync(pack, cancellationToken);
}
