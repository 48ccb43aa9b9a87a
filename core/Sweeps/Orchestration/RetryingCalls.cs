namespace MusicPipeline.Sweeps.Orchestration;

/// <summary>Calls activities and tries again what failed for a passing reason.</summary>
internal static class RetryingCalls
{
    /// <param name="context">The host.</param>
    /// <param name="activity">Name of the activity.</param>
    /// <param name="input">Its input.</param>
    /// <param name="retry">How often, and after which pause.</param>
    /// <param name="cancelled">Completes when there is to be no further try; null for never.</param>
    /// <exception cref="ActivityFailedException">The last try failed.</exception>
    public static async Task<TResult> CallActivityAsync<TResult>(
        this ISweepContext context, string activity, object input, RetryRule retry, Task? cancelled = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            ActivityFailedException failure;
            try
            {
                return await context.CallActivityAsync<TResult>(activity, input);
            }
            catch (ActivityFailedException exception)
                when (!exception.IsPermanent && attempt < retry.Attempts && cancelled is not { IsCompleted: true })
            {
                // The wait belongs outside of the handler: Durable replays awaits, not exception filters.
                failure = exception;
            }

            var delay = context.DelayAsync(retry.DelayAfter(attempt));
            await (cancelled is null ? delay : await Task.WhenAny(delay, cancelled));
            if (cancelled is { IsCompleted: true }) throw failure;
        }
    }
}
