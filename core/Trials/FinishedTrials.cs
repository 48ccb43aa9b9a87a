using MusicPipeline.Training;

namespace MusicPipeline.Trials;

/// <summary>
/// Results that this worker has lately put on record or found there, so that the report of a sweep that it has run reads
/// none of them again. A result never changes once it is on record, so what is kept is what storage holds.
/// </summary>
/// <param name="capacity">Epochs over all results that are kept, each of some 32 bytes; the oldest results go first.</param>
public sealed class FinishedTrials(int capacity = 1_000_000)
{
    // What a record takes beside its curves, counted in epochs.
    private const int RecordCost = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TrialRecord Record, TrainingHistory? History)> _trials = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private int _cost;

    /// <summary>Keeps a result that is on record.</summary>
    /// <param name="record">The trial in numbers.</param>
    /// <param name="history">Its curves; null where they were not read.</param>
    public void Add(TrialRecord record, TrainingHistory? history)
    {
        var id = record.Trial.Id;
        lock (_gate)
        {
            if (!_trials.TryGetValue(id, out var kept))
            {
                _trials.Add(id, (record, history));
                _oldest.Enqueue(id);
                _cost += RecordCost + EpochsOf(history);
            }
            else if (kept.History is null && history is not null)
            {
                _trials[id] = (kept.Record, history);
                _cost += EpochsOf(history);
            }

            while (_cost > capacity && _oldest.TryDequeue(out var oldest) && _trials.Remove(oldest, out var gone))
                _cost -= RecordCost + EpochsOf(gone.History);
        }
    }

    /// <summary>The record of a trial, or null where it is not kept.</summary>
    public TrialRecord? FindRecord(string trialId)
    {
        lock (_gate) return _trials.GetValueOrDefault(trialId).Record;
    }

    /// <summary>The curves of a trial, or null where they are not kept.</summary>
    public TrainingHistory? FindHistory(string trialId)
    {
        lock (_gate) return _trials.GetValueOrDefault(trialId).History;
    }

    private static int EpochsOf(TrainingHistory? history) => history?.Epochs ?? 0;
}
