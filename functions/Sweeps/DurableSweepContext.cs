using Microsoft.DurableTask;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>The orchestration's context on Durable Functions. Every await must stay Durable's own.</summary>
internal sealed class DurableSweepContext(TaskOrchestrationContext context) : ISweepContext
{
    public DateTimeOffset Now => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    public async Task<TResult> CallActivityAsync<TResult>(string activity, object input)
    {
        try
        {
            return await context.CallActivityAsync<TResult>(activity, input);
        }
        catch (TaskFailedException exception)
        {
            throw Failed(exception);
        }
    }

    public async Task<TResult> CallSubOrchestrationAsync<TResult>(string orchestration, string child, object input)
    {
        try
        {
            var options = new SubOrchestrationOptions(instanceId: InstanceOf(child)) { Version = OrchestrationNames.Version };
            return await context.CallSubOrchestratorAsync<TResult>(orchestration, input, options);
        }
        catch (TaskFailedException exception)
        {
            throw Failed(exception);
        }
    }

    public void SendEvent(string child, string name) => context.SendEvent(InstanceOf(child), name, payload: true);

    public Task DelayAsync(TimeSpan delay) => context.CreateTimer(delay, CancellationToken.None);

    public Task WaitForEventAsync(string name) => context.WaitForExternalEvent<object?>(name);

    public void SetStatus(SweepStatus status) => context.SetCustomStatus(status);

    /// <summary>Instance id of a child of an orchestration.</summary>
    public static string InstanceOf(string parent, string child) => $"{parent}-{child}";

    private string InstanceOf(string child) => InstanceOf(context.InstanceId, child);

    private static ActivityFailedException Failed(TaskFailedException exception)
    {
        var details = exception.FailureDetails;
        return new ActivityFailedException(OrchestrationEnd.ReasonOf(details), IsPermanent(details), exception);
    }

    // The exception itself stayed in the worker that threw it; only the name of its type came over.
    private static bool IsPermanent(TaskFailureDetails? details) =>
        details is not null
        && (typeof(InputException).Assembly.GetType(details.ErrorType) is { } type && type.IsAssignableTo(typeof(InputException))
            || IsPermanent(details.InnerFailure));
}
