using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Activities;
using MusicPipeline.Sweeps.Orchestration;
using Xunit;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>A sweep, one trial at a time, and what its orchestrations ask of their host: all that a replay is compared by.</summary>
internal sealed class RecordedRun : IDisposable
{
    private readonly CountdownEvent _looks = new(1);

    /// <summary>Trials that one orchestration runs.</summary>
    public int PartSize { get; init; } = 300;

    /// <summary>The training (from 1 on) that fails for a passing reason.</summary>
    public int FaultAt { get; init; }

    /// <summary>The training in which the sweep is paused.</summary>
    public int PauseAt { get; init; }

    /// <summary>The training in which a sweep of a higher priority begins.</summary>
    public int YieldAt { get; init; }

    /// <summary>Times that orchestrations look at their orders before that training goes on; more than one where it matters.</summary>
    public int Looks { get; init; } = 1;

    /// <summary>Runs the sweep to its end; its own steps first, then those of each part.</summary>
    public async Task<IReadOnlyList<string>> StepsAsync(SweepRequest request)
    {
        var store = await SweepRig.StoreAsync();
        var (id, trainings) = ("", 0);
        SweepRig? rig = null;
        Recorder? context = null;
        _looks.Reset(Looks);
        var device = new GateDevice((_, epoch) =>
        {
            if (epoch != 1) return;
            trainings++;
            if (trainings == FaultAt) throw new IOException("the device was busy");
            if (trainings == PauseAt) rig!.HaltAsync(id, HaltKind.Pause).GetAwaiter().GetResult();
            if (trainings != PauseAt && trainings != YieldAt) return;
            context!.Direct.SendEvent(SweepOrchestration.ControlEvent);
            // Or the end of the training might come first.
            Assert.True(_looks.Wait(TimeSpan.FromMinutes(1)));
        });
        rig = new SweepRig(store, device, parallel: 1, partSize: PartSize, checkpoints: CheckpointRule.Default with { LeastWork = 0 });
        context = new Recorder(this, rig);
        var service = new SweepService(store, rig.Datasets, new SilentSweepHost(), rig.Time, NullLogger<SweepService>.Instance);
        id = (await service.StartAsync(request)).Id;

        await SweepOrchestration.RunAsync(context, id, RetryRule.Default);
        return [.. context.Steps];
    }

    public void Dispose() => _looks.Dispose();

    private sealed class Recorder(RecordedRun run, SweepRig rig) : ISweepContext
    {
        private readonly List<string> _steps = [];
        private readonly Dictionary<string, Recorder> _children = new(StringComparer.Ordinal);
        private int _yields;

        public IEnumerable<string> Steps => _steps.Concat(_children.SelectMany(child => child.Value.Steps.Prepend($"({child.Key})")));

        public DirectSweepContext Direct { get; } = new(rig);

        public DateTimeOffset Now => Direct.Now;

        public async Task<TResult> CallActivityAsync<TResult>(string activity, object input)
        {
            _steps.Add(activity);
            var result = await Direct.CallActivityAsync<TResult>(activity, input);
            if (result is not SweepOrders orders) return result;
            if (!run._looks.IsSet) run._looks.Signal();
            // As long as the other sweep runs, one look long.
            return run.YieldAt > 0 ? (TResult)(object)(orders with { Yields = _yields++ == 0 }) : result;
        }

        public async Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input)
        {
            _steps.Add($"{orchestration} {child}");
            var context = _children[child] = new Recorder(run, rig);
            return (TResult)(object)await SweepOrchestration.RunPartAsync(context, (SweepPart)input, RetryRule.Default);
        }

        public void SendEvent(string child, string name)
        {
            _steps.Add($"{name} to {child}");
            _children[child].Direct.SendEvent(name);
        }

        public Task DelayAsync(TimeSpan delay)
        {
            _steps.Add("timer");
            return Direct.DelayAsync(delay);
        }

        public Task WaitForEventAsync(string name) => Direct.WaitForEventAsync(name);

        public void SetStatus(SweepStatus status) => Direct.SetStatus(status);
    }
}
