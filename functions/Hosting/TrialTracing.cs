using System.Diagnostics;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Functions.Hosting;

/// <summary>
/// A span a trial, under the activity that trained it and so under its sweep's orchestration, with a link to the
/// upload of its data.
/// </summary>
internal sealed class TrialTracing(IngestionTraces uploads, TimeProvider time) : ITrialObserver, IDisposable
{
    /// <summary>Name of the source of these spans.</summary>
    public const string SourceName = "MusicPipeline";

    private readonly ActivitySource _source = new(SourceName);

    public void OnEpoch(Trial trial, int epoch, EpochMetrics metrics)
    {
        // Epochs come too fast for spans; progress.json shows them.
    }

    public void OnFinished(Trial trial, TrialRecord record, bool reused)
    {
        var start = reused ? time.GetUtcNow() : time.GetUtcNow().AddSeconds(-record.Seconds);
        ActivityLink[] links = uploads.TryGet(trial.Dataset, trial.DatasetVersion, out var link) && link is { } upload ? [upload] : [];
        using var span = _source.StartActivity(ActivityKind.Internal, startTime: start, links: links, name: "trial");
        span?.SetTag("music.trial", trial.Id)
            .SetTag("music.dataset", trial.Dataset)
            .SetTag("music.dataset.version", trial.DatasetVersion)
            .SetTag("music.learning_rate", trial.Parameters.LearningRate)
            .SetTag("music.hidden_units", trial.Parameters.HiddenUnits)
            .SetTag("music.epochs", record.Epochs)
            .SetTag("music.outcome", record.Outcome.ToString())
            .SetTag("music.device", record.Device)
            .SetTag("music.reused", reused);
    }

    public void Dispose() => _source.Dispose();
}
