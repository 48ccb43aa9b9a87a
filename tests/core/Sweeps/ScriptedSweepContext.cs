using System.Text.Json;
using MusicPipeline.Json;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Results;
using MusicPipeline.Sweeps.Running;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Tests.Sweeps;

/// <summary>
/// A context in which nothing happens until the test says so. What the orchestration asks for is numbered in the order
/// of asking; the test completes it by number, and the orchestration goes on before <see cref="Complete"/> returns.
/// Children run at once, and ask among the rest; what they are given and return passes through JSON.
/// </summary>
internal sealed class ScriptedSweepContext(RetryRule? childRetry = null) : ISweepContext
{
    private readonly List<TaskCompletionSource<object>> _asked = [];
    private readonly SortedSet<int> _pending = [];
    private TaskCompletionSource _control = new();
    private readonly Dictionary<string, Child> _children = [];

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What the workers say of themselves.</summary>
    public DeviceCapacity Device { get; init; } = DeviceCapacity.OneTrial("cpu");

    /// <summary>Everything that was asked for, in order: activities and children with their input, delays and events.</summary>
    public List<string> Asked { get; } = [];

    public List<object> Inputs { get; } = [];

    /// <summary>What activities, children and their parent were given and returned, as JSON.</summary>
    public List<string> Payloads { get; } = [];

    /// <summary>The statuses of the sweep and of its children, in the order in which they were set.</summary>
    public List<SweepStatus> Statuses { get; } = [];

    public SweepStatus Status => Statuses[^1];

    public SweepEnding Ending => Inputs.OfType<SweepEnding>().Last();

    /// <summary>Numbers of what is not answered yet.</summary>
    public int[] Pending => [.. _pending];

    /// <summary>Positions of the trials that are being trained, in the order of their start.</summary>
    public int[] Training => [.. Pending.Select(number => Inputs[number]).OfType<TrialPack>().SelectMany(pack => pack.Indices)];

    public async Task<TResult> CallActivityAsync<TResult>(string activity, object input) =>
        // What workers say of themselves is known; everything else waits for the test.
        activity == ActivityNames.DescribeDevice ? (TResult)(object)Device
            : activity == ActivityNames.ReadCommands ? (TResult)(object)new SweepCommands(Halt, Yields)
            : (TResult)Noted(await Ask($"{activity} {JsonSerializer.Serialize(Noted(input), PipelineJson.Compact)}", input));

    public async Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input)
    {
        Asked.Add($"{orchestration} {child}");
        var context = new Child(this);
        _children.Add(child, context);
        var part = Copy((SweepPart)input);
        return (TResult)(object)Copy(await SweepOrchestration.RunPartAsync(context, part, childRetry ?? RetryRule.Default));
    }

    public void SendEvent(string child, string name)
    {
        Asked.Add($"{name} to {child}");
        _children[child].Control.TrySetResult();
    }

    public Task DelayAsync(TimeSpan delay) => Ask($"delay {delay.TotalSeconds} s", delay);

    public Task WaitForEventAsync(string name) => name == SweepOrchestration.ControlEvent
        ? (_control = new TaskCompletionSource()).Task
        : throw new ArgumentOutOfRangeException(nameof(name), name, "The orchestration knows one event.");

    public void SetStatus(SweepStatus status) => Statuses.Add(status);

    /// <summary>What the sweep's document says.</summary>
    public HaltKind Halt { get; private set; }

    /// <summary>Whether a sweep of a higher priority runs.</summary>
    public bool Yields { get; private set; }

    /// <summary>Lets a sweep of a higher priority begin, of which the sweep is told, or end, of which it is not.</summary>
    public void Yield(bool yields)
    {
        Yields = yields;
        if (yields) _control.TrySetResult();
    }

    public void Cancel() => Ask(HaltKind.Cancel);

    /// <summary>Puts on record what the sweep is to do, and raises the event.</summary>
    public void Ask(HaltKind kind)
    {
        Halt = kind;
        _control.TrySetResult();
    }

    /// <summary>Answers a number with a result, or with an exception.</summary>
    public void Complete(int number, object answer)
    {
        _pending.Remove(number);
        if (answer is Exception exception) _asked[number].SetException(exception);
        else _asked[number].SetResult(answer);
    }

    /// <summary>Answers the activity that trains a pack which begins with this trial.</summary>
    public void Finish(int trial, TrialState state, double? accuracy = null, bool reused = false, string? reason = null) =>
        Complete(NumberOf(trial), new[] { new TrialOutcome(trial, state, reused, accuracy, reason) });

    public void Fail(int trial, string reason, bool isPermanent = false) =>
        Complete(NumberOf(trial), new ActivityFailedException(reason, isPermanent));

    /// <summary>Lets the only delay pass.</summary>
    public void PassDelay()
    {
        var number = Pending.Single(number => Inputs[number] is TimeSpan);
        Now += (TimeSpan)Inputs[number];
        Complete(number, true);
    }

    private int NumberOf(int trial) => Pending.Single(number => Inputs[number] is TrialPack pack && pack.Indices[0] == trial);

    private Task<object> Ask(string what, object input)
    {
        Asked.Add(what);
        Inputs.Add(input);
        _pending.Add(_asked.Count);
        _asked.Add(new TaskCompletionSource<object>());
        return _asked[^1].Task;
    }

    private T Copy<T>(T value) => JsonSerializer.Deserialize<T>((string)Noted(JsonSerializer.Serialize(value)))!;

    // The strictest engine's measure: everything that is not ASCII is escaped.
    private object Noted(object value)
    {
        Payloads.Add(value as string ?? JsonSerializer.Serialize(value));
        return value;
    }

    private sealed class Child(ScriptedSweepContext parent) : ISweepContext
    {
        public TaskCompletionSource Control { get; private set; } = new();

        public DateTimeOffset Now => parent.Now;

        public Task<TResult> CallActivityAsync<TResult>(string activity, object input) =>
            parent.CallActivityAsync<TResult>(activity, input);

        public Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input) =>
            throw new NotSupportedException("A part has no parts.");

        public void SendEvent(string child, string name) => throw new NotSupportedException("A part has no parts.");

        public Task DelayAsync(TimeSpan delay) => parent.DelayAsync(delay);

        public Task WaitForEventAsync(string name) => (Control = new TaskCompletionSource()).Task;

        public void SetStatus(SweepStatus status) => parent.SetStatus(status);
    }
}
