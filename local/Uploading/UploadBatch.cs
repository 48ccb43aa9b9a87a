using System.Collections.Concurrent;
using MusicPipeline.Errors;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Uploading;

/// <summary>Files and addresses that are uploaded together: what is wrong with one of them is no other's concern.</summary>
internal sealed class UploadBatch
{
    // Copying waits for storage, and for the web.
    private const int ParallelCopies = 8;

    private readonly string[] _texts;
    private readonly Dictionary<string, UploadSource> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InputException> _faults = new(StringComparer.Ordinal);

    /// <summary>Looks at names and files, before anything is started or sent.</summary>
    /// <param name="texts">As the user named them; one that comes twice is uploaded once.</param>
    /// <param name="labelled">Where labelled recordings go; null where none are meant.</param>
    public UploadBatch(IEnumerable<string> texts, LabelledUpload? labelled = null)
    {
        _texts = [.. texts];
        foreach (var text in _texts.Distinct(StringComparer.Ordinal))
        {
            try
            {
                var source = UploadSource.Parse(text, labelled);
                source.CheckFile();
                _sources[text] = source;
            }
            catch (InputException fault)
            {
                Fail(text, fault);
            }
        }

        foreach (var same in _sources.Values.GroupBy(source => source.Target).Where(same => same.Skip(1).Any()).ToList())
        {
            var problem = $"{string.Join(" and ", same.Select(source => source.Text))} would become the same upload";
            foreach (var source in same)
                Fail(source.Text, new InputException(problem, "upload them one after the other, or rename one", same.Key.Name));
        }
    }

    /// <summary>Whether nothing is left to be uploaded.</summary>
    public bool IsEmpty => _sources.Count == 0;

    /// <summary>Copies all that can be had into the upload containers, some at once.</summary>
    public async Task UploadAsync(Uploader uploader, CancellationToken cancellation)
    {
        var faults = new ConcurrentDictionary<string, InputException>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelCopies, CancellationToken = cancellation };
        await Parallel.ForEachAsync(_sources, options, async (named, token) =>
        {
            try
            {
                await uploader.UploadAsync(named.Value, token);
            }
            catch (InputException fault)
            {
                faults[named.Key] = fault;
            }
        });
        foreach (var (text, fault) in faults) Fail(text, fault);
    }

    /// <summary>
    /// Processes what was uploaded, as many at once as there are cores; tells of each in the order in which they were named.
    /// </summary>
    /// <param name="processAsync">Processes an upload; not called where nothing was uploaded.</param>
    public async IAsyncEnumerable<SourceResult> ProcessAsync(Func<BlobPath, Task<UploadResult>> processAsync)
    {
        using var cores = new SemaphoreSlim(Environment.ProcessorCount);
        var running = _sources.ToDictionary(named => named.Key, named => RunAsync(named.Value.Target), StringComparer.Ordinal);
        try
        {
            foreach (var text in _texts)
            {
                yield return _faults.TryGetValue(text, out var fault)
                    ? new SourceResult(text, Blob: null, SourceOutcome.Failed, fault.Message)
                    : SourceResult.Of(_sources[text], await running[text]);
            }
        }
        finally
        {
            Task all = Task.WhenAll(running.Values);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<UploadResult> RunAsync(BlobPath upload)
        {
            await cores.WaitAsync();
            try
            {
                return await Task.Run(() => processAsync(upload));
            }
            finally
            {
                cores.Release();
            }
        }
    }

    private void Fail(string text, InputException fault)
    {
        _sources.Remove(text);
        _faults[text] = fault.About(text);
    }
}
