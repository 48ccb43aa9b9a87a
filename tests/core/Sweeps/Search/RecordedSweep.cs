using MusicPipeline.Sweeps.Planning;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Sweeps.Search;
using MusicPipeline.Sweeps.Search.Pruning;
using MusicPipeline.Training;

namespace MusicPipeline.Tests.Sweeps.Search;

/// <summary>
/// A search over the recorded trials, planned by the product's activities and run by its orchestration, whose trainings end
/// in an order that the test draws.
/// </summary>
internal sealed class RecordedSweep
{
    private static readonly RetryRule Retry = new(9, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    private readonly SweepRig _rig;
    private readonly SweepPlan _plan;
    private readonly List<Action<ScriptedSweepContext>> _events = [];
    private Task<SweepState> _run = Task.FromResult(SweepState.Waiting);

    private RecordedSweep(SweepRig rig, SweepPlan plan) => (_rig, _plan, Trainings) = (rig, plan, new RecordedTrainings(plan));

    public RecordedTrainings Trainings { get; }

    public ScriptedSweepContext Context { get; private set; } = new();

    public bool HasEnded => _run.IsCompleted;

    /// <summary>Trials that a worker takes at once.</summary>
    public int PackSize { get; init; } = 1;

    /// <summary>Of so many trainings one fails for a passing reason, some after their results were put on record.</summary>
    public int FaultsOneIn { get; init; } = int.MaxValue;

    /// <summary>Plans the search.</summary>
    public static async Task<RecordedSweep> PlanAsync(
        Pruner pruner, int parallel, int partSize = 300, int packSize = 1, int faultsOneIn = int.MaxValue)
    {
        var rig = new SweepRig(await SweepRig.StoreAsync(), parallel: parallel, partSize: partSize);
        var plan = await rig.PlanAsync(RecordedTrainings.Request with { Pruner = pruner });
        return new RecordedSweep(rig, plan) { PackSize = packSize, FaultsOneIn = faultsOneIn };
    }

    /// <summary>Starts the orchestration, as a host does that has no history of it.</summary>
    public void Start()
    {
        _events.Clear();
        (Context, _run) = Run();
    }

    /// <summary>Lets one of the things happen that the orchestration waits for.</summary>
    public async Task StepAsync(Random random)
    {
        var number = Context.Pending[random.Next(Context.Pending.Length)];
        var answer = await AnswerAsync(Context.Inputs[number], random);
        var now = Context.Now.AddSeconds(random.NextDouble());
        Action<ScriptedSweepContext> happening = context =>
        {
            context.Now = now;
            context.Complete(number, answer);
        };
        _events.Add(happening);
        happening(Context);
        if (_run.IsFaulted) await _run;
    }

    /// <summary>Runs to the end.</summary>
    public async Task EndAsync(Random random)
    {
        while (!HasEnded) await StepAsync(random);
    }

    /// <summary>A new worker takes the orchestration over and is told what happened so far.</summary>
    /// <returns>What the worker before it had seen.</returns>
    public ScriptedSweepContext Replay()
    {
        var before = Context;
        (Context, _run) = Run();
        foreach (var happening in _events) happening(Context);
        return before;
    }

    /// <summary>Everything dies; of the trainings that ran, some had put their results on record, and nobody was told.</summary>
    public void Kill(Random random)
    {
        foreach (var pack in Context.Pending.Select(number => Context.Inputs[number]).OfType<TrialPack>().ToArray())
        {
            if (random.Next(2) == 0) Trainings.Train(pack);
        }

        Start();
    }

    private (ScriptedSweepContext, Task<SweepState>) Run()
    {
        var context = new ScriptedSweepContext(Retry) { Device = new DeviceCapacity("cpu", PackSize, 1 << 30) };
        return (context, SweepOrchestration.RunAsync(context, _plan.SweepId, Retry));
    }

    private async Task<object> AnswerAsync(object input, Random random) => input switch
    {
        TrialPack pack when random.Next(FaultsOneIn) == 0 => Fault(pack, random),
        TimeSpan => true,
        SweepStart start => await _rig.Plan.RunAsync(start),
        SweepRange range => await _rig.PlanPart.RunAsync(range),
        TrialPack pack => Trainings.Train(pack),
        SweepEnding => SweepState.Completed,
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "Nothing else is asked for."),
    };

    private ActivityFailedException Fault(TrialPack pack, Random random)
    {
        if (random.Next(2) == 0) Trainings.Train(pack);
        return new ActivityFailedException("the worker was lost", isPermanent: false);
    }
}
