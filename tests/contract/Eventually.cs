namespace MusicPipeline.Contract.Tests;

/// <summary>Waits on conditions, for as long as a busy machine may need.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks until the answer is not null.</summary>
    public static async Task<T> NotNull<T>(Func<Task<T?>> ask, string what)
        where T : class
    {
        using var patience = new CancellationTokenSource(Limit);
        while (true)
        {
            if (await ask() is { } answer) return answer;
            Assert.False(patience.IsCancellationRequested, $"Waited in vain for {what}.");
            await Task.Delay(Pause);
        }
    }
}
