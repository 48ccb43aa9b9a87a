using System.Globalization;
using System.Text;

namespace MusicPipeline.Sweeps.Results;

/// <summary>
/// What a follower has been told: which trials ended, and how far the curves of others have grown. Its text is the id of
/// an event, so that a follower goes on where it was, on any worker and after a restart of any:
/// <c>RUN.TRIALS.ENDED.RUNNING</c>, such as <c>19c3f2a7b10.14.0-5_7.8-12_9-3</c>, by positions in the order in which
/// trials start, because what has ended is nearly a prefix of that order.
/// </summary>
internal sealed class SweepCursor(long run, int trials)
{
    private const int MaxLength = 1500;

    private bool[] _ended = new bool[trials];
    private readonly SortedDictionary<int, int> _epochs = [];

    // All before it have ended, and none from the other one on.
    private int _first;
    private int _beyond;

    public int Trials => _ended.Length;

    /// <summary>Reads a cursor; a fresh one where the text is none, or of another run of the sweep or another plan.</summary>
    /// <param name="text">The cursor.</param>
    /// <param name="run">The run.</param>
    /// <param name="trials">Trials in the plan.</param>
    /// <param name="grows">Whether the plan may have had fewer trials then.</param>
    public static SweepCursor Parse(string? text, long run, int trials, bool grows = false)
    {
        var fresh = new SweepCursor(run, trials);
        if (text?.Split('.') is not [var readRun, var readTrials, var ended, var running]
            || readRun != Hex(run) || !IsFor(readTrials, trials, grows))
        {
            return fresh;
        }

        var cursor = new SweepCursor(run, trials);
        foreach (var (from, to) in Pairs(ended))
        {
            if (from < 0 || to < from || to >= trials) return fresh;
            for (var place = from; place <= to; place++) cursor.End(place);
        }

        foreach (var (place, epoch) in Pairs(running))
        {
            if (place < 0 || place >= trials || epoch < 1) return fresh;
            if (!cursor.HasEnded(place)) cursor.Grow(place, epoch);
        }

        return cursor;
    }

    /// <summary>The cursor of a follower that has been told of all trials.</summary>
    public static SweepCursor OfAll(long run, int trials)
    {
        var cursor = new SweepCursor(run, trials);
        for (var place = 0; place < trials; place++) cursor.End(place);
        return cursor;
    }

    /// <summary>Whether nothing was told yet.</summary>
    public bool IsFresh => _beyond == 0 && _epochs.Count == 0;

    /// <summary>Trials with curves that have not ended.</summary>
    public int Growing => _epochs.Count;

    /// <summary>Places of the trials whose end was told.</summary>
    public IEnumerable<int> Ended => Enumerable.Range(0, _beyond).Where(HasEnded);

    public bool HasEnded(int place) => _ended[place];

    /// <summary>The last epoch told of a trial; 0 where there was none.</summary>
    public int EpochOf(int place) => _epochs.GetValueOrDefault(place);

    /// <summary>Takes in trials that were appended to the plan.</summary>
    public void Append(int count) => Array.Resize(ref _ended, _ended.Length + count);

    public void Grow(int place, int epoch) => _epochs[place] = epoch;

    public void End(int place)
    {
        _ended[place] = true;
        _epochs.Remove(place);
        while (_first < _ended.Length && _ended[_first]) _first++;
        _beyond = Math.Max(_beyond, place + 1);
    }

    /// <summary>Takes an end back: the trial goes on.</summary>
    public void Reopen(int place)
    {
        _ended[place] = false;
        _first = Math.Min(_first, place);
    }

    /// <summary>The cursor as text, or null where that would be long.</summary>
    public string? ToText()
    {
        var text = new StringBuilder($"{Hex(run)}.{Trials}.");
        if (_first > 0) text.Append(CultureInfo.InvariantCulture, $"0-{_first - 1}_");
        for (var place = _first; place < _beyond && text.Length < MaxLength; place++)
        {
            if (!_ended[place]) continue;
            var from = place;
            while (place + 1 < _beyond && _ended[place + 1]) place++;
            text.Append(CultureInfo.InvariantCulture, $"{from}-{place}_");
        }

        if (text[^1] == '_') text.Length--;
        text.Append('.').AppendJoin('_', _epochs.Select(pair => $"{pair.Key}-{pair.Value}"));
        return text.Length <= MaxLength ? text.ToString() : null;
    }

    private static bool IsFor(string text, int trials, bool grows) =>
        text == trials.ToString()
            || (grows && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var fewer) && fewer < trials);

    private static string Hex(long value) => value.ToString("x");

    // What is no pair of numbers becomes one that no cursor has.
    private static IEnumerable<(int One, int Other)> Pairs(string text) =>
        text.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
            pair.Split('-') is [var one, var other]
            && int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
                ? (first, second)
                : (-1, -1));
}
