namespace MusicPipeline.Local.Watching;

/// <summary>Looks for new uploads once a second, for as long as the host is up.</summary>
internal sealed class UploadWatcher(UploadPass pass, TimeProvider time, ILogger<UploadWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await pass.RunAsync(
                    (_, result) => Log.UploadHandled(logger, result.Outcome.ToString(), result.Message), stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.PassFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
