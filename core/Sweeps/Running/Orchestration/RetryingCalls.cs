using MusicPipeline.Sweeps.Requests;

namespace MusicPipeline.Sweeps.Running.Orchestration;

/// <summary>Calls activities and tries again what failed for a passing reason.</summary>
public static class RetryingCalls
{
    /// <summary>Calls an activity until it succeeds or has failed for good.</summary>
    /// <param name="context">The host.</param>
    /// <param name="activity">Name of the activity.</param>
    /// <param name="input">Its input.</param>
    /// <param name="retry">How often, and after which pause.</param>
    /// <exception cref="ActivityFailedException">The last try failed.</exception>
    public static Task<TResult> CallActivityAsync<TResult>(this ISweepContext context, string activity, object input, RetryRule retry) =>
        context.CallActivityAsync<TResult>(activity, input, retry, halting: null);

    /// <param name="context">The host.</param>
    /// <param name="activity">Name of the activity.</param>
    /// <param name="input">Its input.</param>
    /// <param name="retry">How often, and after which pause.</param>
    /// <param name="halting">Says when there is to be no further try; null for never.</param>
    /// <param name="waits">Called with true when a pause begins, and with false when the next try does.</param>
    /// <exception cref="ActivityFailedException">The last try failed.</exception>
    internal static async Task<TResult> CallActivityAsync<TResult>(
        this ISweepContext context,
        string activity,
        object input,
        RetryRule retry,
        Halting? halting,
        Action<bool>? waits = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            ActivityFailedException failure;
            try
            {
                return await context.CallActivityAsync<TResult>(activity, input);
            }
            catch (ActivityFailedException exception) when (!exception.IsPermanent && attempt < retry.Attempts && !IsHalted())
            {
                // The wait belongs outside of the handler: Durable replays awaits, not exception filters.
                failure = exception;
            }

            waits?.Invoke(true);
            var delay = context.DelayAsync(retry.DelayAfter(attempt));
            await (halting is null ? delay : await Task.WhenAny(delay, halting.Halted));
            if (IsHalted()) throw failure;
            waits?.Invoke(false);
        }

        bool IsHalted() => halting is { Kind: not HaltKind.None };
    }
}
