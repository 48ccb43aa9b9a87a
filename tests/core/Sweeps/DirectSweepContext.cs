using System.Text.Json;
using MusicPipeline.Errors;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>
/// Runs activities and children in the test's process, with pauses that take no time. Inputs and results of children
/// pass through JSON, as they do in Durable Functions.
/// </summary>
internal sealed class DirectSweepContext(SweepRig rig) : ISweepContext
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _control = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, DirectSweepContext> _children = [];
    private bool _isWaitedFor;
    private SweepStatus? _status;

    public DateTimeOffset Now => rig.Time.GetUtcNow();

    /// <summary>The children so far, by their names.</summary>
    public IReadOnlyDictionary<string, DirectSweepContext> Children => _children;

    public SweepStatus? Status => _status is { Part: { } part } && _children.TryGetValue(SweepOrchestration.ChildOf(part), out var child)
        ? _status.OrNewer(child.Status)
        : _status;

    public async Task<TResult> CallActivityAsync<TResult>(string activity, object input)
    {
        try
        {
            return (TResult)(activity switch
            {
                ActivityNames.ReadCommands => await new ReadCommandsActivity(rig.Store, rig.Capacity).RunAsync((string)input),
                ActivityNames.Suggest => await rig.Suggest.RunAsync((TrialsWanted)input),
                ActivityNames.DescribeDevice => await rig.DescribeDevice.RunAsync((string)input),
                ActivityNames.Plan => await rig.Plan.RunAsync((SweepStart)input),
                ActivityNames.PlanPart => await rig.PlanPart.RunAsync((SweepRange)input),
                ActivityNames.Train => await Task.Run(() => rig.Train.RunAsync((TrialPack)input)),
                ActivityNames.TrainBaseline => await rig.TrainBaseline.RunAsync((BaselineCall)input),
                _ => (object)await rig.Aggregate.RunAsync((SweepEnding)input),
            });
        }
        catch (Exception exception)
        {
            throw new ActivityFailedException(exception.Message, exception is InputException, exception);
        }
    }

    public async Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input)
    {
        var context = new DirectSweepContext(rig);
        // A sweep that goes on in the same go has its parts once more.
        _children[child] = context;
        var result = await SweepOrchestration.RunPartAsync(context, Copy((SweepPart)input), RetryRule.Default);
        return (TResult)(object)Copy(result);
    }

    public void SendEvent(string child, string name) => _children[child].SendEvent(name);

    public void SendEvent(string name)
    {
        Assert.Equal(SweepOrchestration.ControlEvent, name);
        lock (_gate) _control.TrySetResult();
    }

    public async Task DelayAsync(TimeSpan delay) => await Task.Yield();

    public Task WaitForEventAsync(string name)
    {
        lock (_gate)
        {
            // The first wait takes what was raised before it; each later one waits for the next.
            if (_isWaitedFor && _control.Task.IsCompleted) _control = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _isWaitedFor = true;
            return _control.Task;
        }
    }

    public void SetStatus(SweepStatus status) => _status = status;

    private static T Copy<T>(T value) =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, PipelineJson.Compact), PipelineJson.Compact)!;
}
