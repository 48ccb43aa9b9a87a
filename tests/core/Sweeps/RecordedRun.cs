using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>A sweep, one trial at a time, and what its orchestrations ask of their host: all that a replay is compared by.</summary>
internal sealed class RecordedRun
{
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _trainings;
    private int _looks;

    /// <summary>Trials that one orchestration runs.</summary>
    public int PartSize { get; init; } = 300;

    /// <summary>The training (from 1 on) that fails for a passing reason.</summary>
    public int FaultAt { get; init; }

    /// <summary>The training in which the sweep is paused.</summary>
    public int PauseAt { get; init; }

    /// <summary>The training in which a sweep of a higher priority begins.</summary>
    public int YieldAt { get; init; }

    /// <summary>Times that orchestrations look at their commands before that training ends; it might end between them.</summary>
    public int Looks { get; init; } = 1;

    /// <summary>Runs the sweep to its end; its own steps first, then those of each part.</summary>
    public async Task<IReadOnlyList<string>> StepsAsync(SweepRequest request)
    {
        var store = await SweepRig.StoreAsync();
        var rig = new SweepRig(store, parallel: 1, partSize: PartSize);
        var service = new SweepService(store, rig.Datasets, new SilentSweepHost(), rig.Time, NullLogger<SweepService>.Instance);
        var id = (await service.StartAsync(request)).Id;
        var whole = new Recorder(this, rig);

        await SweepOrchestration.RunAsync(whole, id, RetryRule.Default);
        return [.. whole.Steps];
    }

    private sealed class Recorder(RecordedRun run, SweepRig rig, Recorder? parent = null) : ISweepContext
    {
        private readonly List<string> _steps = [];
        private readonly Dictionary<string, Recorder> _children = new(StringComparer.Ordinal);
        private readonly DirectSweepContext _direct = new(rig);
        private int _yields;

        public IEnumerable<string> Steps => _steps.Concat(_children.SelectMany(child => child.Value.Steps.Prepend($"({child.Key})")));

        public DateTimeOffset Now => _direct.Now;

        public async Task<TResult> CallActivityAsync<TResult>(string activity, object input)
        {
            _steps.Add(activity);
            var training = input is TrialPack ? ++run._trainings : -1;
            if (training == run.FaultAt) throw new ActivityFailedException("the device was busy", isPermanent: false);
            var result = await _direct.CallActivityAsync<TResult>(activity, input);
            if (training == run.PauseAt) await rig.HaltAsync(((TrialPack)input).SweepId, HaltKind.Pause);
            if (training == run.PauseAt || training == run.YieldAt)
            {
                (parent ?? this)._direct.SendEvent(SweepOrchestration.ControlEvent);
                await run._looked.Task.WaitAsync(TimeSpan.FromMinutes(5));
            }

            return result is SweepCommands commands ? (TResult)(object)Look(commands) : result;
        }

        public async Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input)
        {
            _steps.Add($"{orchestration} {child}");
            var context = _children[child] = new Recorder(run, rig, this);
            return (TResult)(object)await SweepOrchestration.RunPartAsync(context, (SweepPart)input, RetryRule.Default);
        }

        public void SendEvent(string child, string name)
        {
            _steps.Add($"{name} to {child}");
            _children[child]._direct.SendEvent(name);
        }

        public Task DelayAsync(TimeSpan delay)
        {
            _steps.Add("timer");
            return _direct.DelayAsync(delay);
        }

        public Task WaitForEventAsync(string name) => _direct.WaitForEventAsync(name);

        public void SetStatus(SweepStatus status) => _direct.SetStatus(status);

        private SweepCommands Look(SweepCommands commands)
        {
            if (Interlocked.Increment(ref run._looks) == run.Looks) run._looked.TrySetResult();
            // The other sweep runs for one look.
            return run.YieldAt > 0 ? commands with { Yields = _yields++ == 0 } : commands;
        }
    }
}
