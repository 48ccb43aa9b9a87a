using System.Collections.Frozen;
using System.Reflection;
using Microsoft.DurableTask;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running.Orchestration;

namespace MusicPipeline.Functions.Sweeps;

/// <summary>The orchestration's context on Durable Functions. Every await must stay Durable's own.</summary>
internal sealed class DurableSweepContext(TaskOrchestrationContext context) : ISweepContext
{
    // Of all parts of the pipeline, whether this worker has used them yet or not: every replay has to judge alike.
    private static readonly FrozenSet<string> InputErrors = PartsOf(typeof(DurableSweepContext).Assembly).Distinct()
        .SelectMany(part => part.GetExportedTypes())
        .Where(type => type.IsAssignableTo(typeof(InputException)))
        .Select(type => type.FullName!)
        .ToFrozenSet(StringComparer.Ordinal);

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
        details is not null && (InputErrors.Contains(details.ErrorType) || IsPermanent(details.InnerFailure));

    private static IEnumerable<Assembly> PartsOf(Assembly program) => program.GetReferencedAssemblies()
        .Where(name => name.Name!.StartsWith("MusicPipeline.", StringComparison.Ordinal))
        .Select(Assembly.Load)
        .SelectMany(part => PartsOf(part).Prepend(part));
}
