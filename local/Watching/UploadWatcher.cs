using MusicPipeline.Local.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Watching;

/// <summary>Looks for new uploads once a second, for as long as the host is up.</summary>
internal sealed class UploadWatcher(UploadPass pass, TimeProvider time, ILogger<UploadWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        string? trouble = null;
        do
        {
            try
            {
                await pass.RunAsync((_, result) => Tell(result), stoppingToken);
                if (trouble is not null) Log.StorageIsBack(logger);
                trouble = null;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                var before = trouble;
                trouble = StorageTrouble.Describe(exception);
                // Told once, not each second for as long as it lasts.
                if (trouble is null) Log.PassFailed(logger, exception);
                else if (before is null) Log.StorageInTrouble(logger, trouble);
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
