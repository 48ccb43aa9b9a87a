using MusicPipeline.Sweeps.Reports;
using MusicPipeline.Training;

namespace MusicPipeline.Sweeps.Activities;

/// <summary>
/// Results that this worker has put on record lately, so that the report of a sweep that it has trained reads none of
/// them again. A result never changes once it is on record, so what is kept is what storage holds.
/// </summary>
/// <param name="capacity">Epochs over all results that are kept, each of some 32 bytes; the oldest results go first.</param>
public sealed class FinishedTrials(int capacity = 1_000_000)
{
    // What a record takes beside its curves, counted in epochs.
    private const int RecordCost = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FinishedTrial> _trials = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private int _cost;

    /// <summary>Keeps a result that has just been put on record.</summary>
    public void Add(TrialRecord record, TrainingHistory history)
    {
        lock (_gate)
        {
            if (!_trials.TryAdd(record.Trial.Id, new FinishedTrial(record, history, Reused: false))) return;
            _oldest.Enqueue(record.Trial.Id);
            _cost += CostOf(history);
            while (_cost > capacity && _oldest.TryDequeue(out var id) && _trials.Remove(id, out var gone)) _cost -= CostOf(gone.History);
        }
    }

    /// <summary>The result of a trial, or null where it is not kept.</summary>
    public FinishedTrial? Find(string trialId)
    {
        lock (_gate) return _trials.GetValueOrDefault(trialId);
    }

    private static int CostOf(TrainingHistory history) => RecordCost + history.Epochs;
}
