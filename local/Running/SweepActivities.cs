using MusicPipeline.Sweeps.Activities;

namespace MusicPipeline.Local.Running;

/// <summary>Runs activities by name, with one training slot a core for all sweeps together.</summary>
internal sealed class SweepActivities(
    PlanSweepActivity plan, PlanSweepPartActivity planPart, TrainTrialsActivity train, AggregateSweepActivity aggregate)
    : IDisposable
{
    private readonly SemaphoreSlim _trainingSlots = new(Environment.ProcessorCount);

    public async Task<object> RunAsync(string activity, object input, CancellationToken cancellationToken) => activity switch
    {
        ActivityNames.Plan => await plan.RunAsync((string)input, cancellationToken),
        ActivityNames.PlanPart => await planPart.RunAsync((SweepRange)input, cancellationToken),
        ActivityNames.Train => await TrainAsync((TrialPack)input, cancellationToken),
        ActivityNames.Aggregate => await aggregate.RunAsync((SweepEnding)input, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(activity), activity, "No activity has this name."),
    };

    public void Dispose() => _trainingSlots.Dispose();

    private async Task<TrialOutcome[]> TrainAsync(TrialPack pack, CancellationToken cancellationToken)
    {
        await _trainingSlots.WaitAsync(cancellationToken);
        try
        {
            return await train.RunAsync(pack, cancellationToken);
        }
        finally
        {
            _trainingSlots.Release();
        }
    }
}
