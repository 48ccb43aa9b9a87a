using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>Training, apart from the other functions: in the cloud it alone runs on the workers with a GPU.</summary>
public sealed class TrainTrials(TrainTrialsActivity train)
{
    [Function(ActivityNames.Train)]
    public Task<TrialOutcome[]> RunAsync([ActivityTrigger] TrialPack pack, CancellationToken cancellationToken) =>
        train.RunAsync(pack, cancellationToken);
}
