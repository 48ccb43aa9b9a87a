using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Functions.Tests.Sweeps;

/// <summary>Durable's context as a script: it writes down what it is asked for and answers what the test says.</summary>
internal sealed class ScriptedOrchestrationContext(Func<string, object?, object> answer) : TaskOrchestrationContext
{
    private string _version = OrchestrationNames.Version;

    public List<string> Asked { get; } = [];

    /// <summary>Makes it an instance of another version.</summary>
    public void SetVersion(string version) => _version = version;

    public override TaskName Name => "RunSweep";

    public override string InstanceId => "sweep-1";

    public override string Version => _version;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => new(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified);

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T GetInput<T>() => throw new NotSupportedException();

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        AnswerAsync<TResult>(name.Name, input);

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        AnswerAsync<TResult>($"{orchestratorName.Name} as {(options as SubOrchestrationOptions)?.InstanceId}", input);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Asked.Add($"timer {fireAt:O}");
        return Task.CompletedTask;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        AnswerAsync<T>($"event {eventName}", null);

    public override void SendEvent(string instanceId, string eventName, object payload) => Asked.Add($"send {eventName} to {instanceId}");

    public override void SetCustomStatus(object? customStatus) => Asked.Add($"status {customStatus?.GetType().Name}");

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private Task<TResult> AnswerAsync<TResult>(string what, object? input)
    {
        Asked.Add(what);
        return answer(what, input) is Exception exception
            ? Task.FromException<TResult>(exception)
            : Task.FromResult((TResult)answer(what, input));
    }
}
