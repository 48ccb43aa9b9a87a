using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Functions.Hosting;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Training;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>Training, apart from the other functions: in the cloud this alone runs on the workers with a GPU.</summary>
public sealed class TrainTrials(TrainTrialsActivity train, DescribeDeviceActivity describe, SweepTraces traces)
{
    [Function(ActivityNames.DescribeDevice)]
    public Task<DeviceCapacity> DescribeAsync([ActivityTrigger] string sweepId, CancellationToken cancellationToken) =>
        describe.RunAsync(sweepId, cancellationToken);

    [Function(ActivityNames.Train)]
    public async Task<TrialOutcome[]> RunAsync([ActivityTrigger] TrialPack pack, CancellationToken cancellationToken)
    {
        using var span = (await traces.BeginAsync(ActivityNames.Train, pack.SweepId, cancellationToken))?.Start();
        return await train.RunAsync(pack, cancellationToken);
    }
}
