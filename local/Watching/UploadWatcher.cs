using MusicPipeline.Uploads;

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
                await pass.RunAsync((_, result) => Tell(result), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Tell(UploadResult result)
    {
        // After a restart every upload is looked at once more; that most are done already is no news.
        if (result.Outcome is UploadOutcome.AlreadyProcessed or UploadOutcome.Ignored) return;
        if (result.Outcome == UploadOutcome.Rejected) Log.UploadRejected(logger, result.Message);
        else Log.UploadHandled(logger, result.Message);
    }
}
