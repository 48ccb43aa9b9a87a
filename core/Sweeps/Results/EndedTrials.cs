using System.Text.Json;
using System.Text.Json.Serialization;
using BitFaster.Caching.Lru;
using MusicPipeline.Json;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Trials;

namespace MusicPipeline.Sweeps.Results;

/// <summary>
/// <c>ended.jsonl</c>: every trial of a sweep as it had ended when the report was written, in one file, so that the status
/// of an ended sweep reads neither its plan nor its trials. A line of JSON each, of which only those that are asked for
/// are parsed: first what they have in common, then the trials in the order of the plan.
/// </summary>
internal sealed class EndedTrials
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<Range> _lines;

    private EndedTrials(ReadOnlyMemory<byte> bytes, List<Range> lines, EndedRun run) => (_bytes, _lines, Run) = (bytes, lines, run);

    /// <summary>What the trials have in common.</summary>
    public EndedRun Run { get; }

    /// <summary>The file of a sweep's run.</summary>
    public static byte[] Write(int run, IReadOnlyList<TrialView> trials)
    {
        using var file = new MemoryStream();
        Add(new EndedRun(run, string.Concat(trials.Select(trial => TrialStates.LetterOf(trial.State)))));
        foreach (var trial in trials) Add(trial);
        return file.ToArray();

        void Add<T>(T line)
        {
            JsonSerializer.Serialize(file, line, PipelineJson.Compact);
            file.WriteByte((byte)'\n');
        }
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    public static EndedTrials Read(ReadOnlyMemory<byte> bytes)
    {
        var lines = new List<Range>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.Span[start..].IndexOf((byte)'\n');
            if (length < 0) throw Unreadable();
            lines.Add(start..(start + length));
            start += length + 1;
        }

        if (lines.Count == 0) throw Unreadable();
        var run = Parse<EndedRun>(bytes.Span[lines[0]]);
        return run.Trials.Length == lines.Count - 1 ? new EndedTrials(bytes, lines, run) : throw Unreadable();
    }

    /// <summary>A trial by its position in the plan.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public TrialView At(int index) => Parse<TrialView>(_bytes.Span[_lines[index + 1]]);

    /// <summary>The trials of a page.</summary>
    /// <exception cref="InvalidDataException">One cannot be read.</exception>
    public IReadOnlyList<TrialView> Page(TrialPage page)
    {
        var letter = page.State is { } state ? TrialStates.LetterOf(state) : default;
        var places = Enumerable.Range(0, Run.Trials.Length).Where(place => letter == default || Run.Trials[place] == letter);
        return [.. places.Skip(page.Skip).Take(page.Take).Select(At)];
    }

    private static T Parse<T>(ReadOnlySpan<byte> line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, PipelineJson.Compact) ?? throw Unreadable();
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    private static InvalidDataException Unreadable(Exception? cause = null) =>
        new($"{SweepFiles.Ended} of a sweep cannot be read.", cause);
}

/// <summary>The first line of <see cref="EndedTrials"/>.</summary>
/// <param name="Run">The run that ended; see <see cref="SweepDocument.Run"/>. Of any other run the file says nothing.</param>
/// <param name="Trials">One letter a trial, in the order of the plan; see <see cref="TrialStates"/>.</param>
internal sealed record EndedRun(int Run, [property: JsonConverter(typeof(TrialStatesJsonConverter))] string Trials);

/// <summary>Reads how the trials of ended sweeps ended, and keeps a few.</summary>
internal sealed class EndedSweeps(IArtifactStore store)
{
    private const int Kept = 4;

    // A sweep that was deleted and started again has the same first run, and ends at another time.
    private readonly ConcurrentLru<(string SweepId, int Run, DateTimeOffset? FinishedAt), EndedTrials> _sweeps = new(Kept);

    /// <summary>The trials of a sweep; null where it has not ended, or was ended by a version that wrote no such file.</summary>
    public async Task<EndedTrials?> FindAsync(SweepDocument document, CancellationToken cancellationToken)
    {
        if (!document.State.IsEnded()) return null;
        var key = (document.Id, document.Run, document.FinishedAt);
        if (_sweeps.TryGet(key, out var known)) return known;
        var file = await store.TryReadAsync(BlobPaths.Sweep(document.Id, SweepFiles.Ended), cancellationToken);
        if (file is null || EndedTrials.Read(file.Bytes) is not { } read || read.Run.Run != document.Run) return null;
        _sweeps.AddOrUpdate(key, read);
        return read;
    }
}
