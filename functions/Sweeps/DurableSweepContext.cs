using Microsoft.DurableTask;
using MusicPipeline.Errors;
using MusicPipeline.Sweeps;
using MusicPipeline.Sweeps.Orchestration;

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

    public Task DelayAsync(TimeSpan delay) => context.CreateTimer(delay, CancellationToken.None);

    public Task WaitForEventAsync(string name) => context.WaitForExternalEvent<object?>(name);

    public void SetStatus(SweepStatus status) => context.SetCustomStatus(status);

    private static ActivityFailedException Failed(TaskFailedException exception)
    {
        var details = exception.FailureDetails;
        return new ActivityFailedException(details.ErrorMessage, IsPermanent(details), exception);
    }

    // The exception itself stayed in the worker that threw it; only the name of its type came over.
    private static bool IsPermanent(TaskFailureDetails? details) =>
        details is not null
        && (typeof(InputException).Assembly.GetType(details.ErrorType) is { } type && type.IsAssignableTo(typeof(InputException))
            || IsPermanent(details.InnerFailure));
}
