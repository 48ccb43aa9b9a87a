using System.Collections.Concurrent;
using System.Threading.Channels;
using MusicPipeline.Training;
using MusicPipeline.Trials;

namespace MusicPipeline.Local.Progress;

/// <summary>What the trials of this process are doing, for whoever shows it.</summary>
internal sealed class ObservedTrials : ITrialObserver
{
    private readonly ConcurrentDictionary<string, int> _epochs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Trial> _trials = new(StringComparer.Ordinal);
    private readonly Channel<FinishedLine> _finished = Channel.CreateUnbounded<FinishedLine>();

    /// <summary>Trials that ended, in the order in which they did.</summary>
    public ChannelReader<FinishedLine> Finished => _finished.Reader;

    /// <summary>Epochs that each trial has done.</summary>
    public IReadOnlyDictionary<string, int> Epochs => _epochs;

    /// <summary>Trials that have begun, in any order.</summary>
    public IEnumerable<Trial> Begun => _trials.Values;

    public void OnEpoch(Trial trial, int epoch, EpochMetrics metrics)
    {
        _trials.TryAdd(trial.Id, trial);
        _epochs[trial.Id] = epoch;
    }

    public void OnFinished(Trial trial, TrialRecord record, bool reused)
    {
        _trials.TryAdd(trial.Id, trial);
        _epochs[trial.Id] = trial.Parameters.Epochs;
        _finished.Writer.TryWrite(new FinishedLine(trial, record, reused));
    }

    /// <summary>A trial that ended.</summary>
    internal sealed record FinishedLine(Trial Trial, TrialRecord Record, bool Reused);
}
