using System.CommandLine;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Local.Watching;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music upload FILE|URL...</c>: puts recordings and arrays into the pipeline and says what became of them.</summary>
internal sealed class UploadCommand : MusicCommand
{
    /// <summary>Declares the command.</summary>
    public UploadCommand(Terminal terminal)
        : base(
            "upload",
            "Put recordings and arrays into the pipeline, from files or from the web.",
            "upload my-cello.aiff",
            "upload notes_train_data.npy notes_train_labels.npy notes_test_data.npy notes_test_labels.npy",
            "upload https://example.org/recordings/Oboe.mf.C4B4.aiff")
    {
        var sources = new Argument<string[]>("FILE|URL")
        {
            Description = "Recordings (.aiff, .aif, .aifc) or arrays (<dataset>_{train,test}_{data,labels}.npy)",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print JSON for scripts" };
        Add(sources);
        Add(json);
        SetAction((parsed, cancellation) =>
        {
            // Names are checked before anything is started or sent.
            var uploads = parsed.GetRequiredValue(sources).Select(UploadSource.Parse).ToArray();
            CheckNames(uploads);
            foreach (var upload in uploads.Where(upload => upload.Address is null)) InputFile.Open(upload.Text).Dispose();
            return RunAsync(terminal, uploads, parsed.GetValue(json), cancellation);
        });
    }

    private static void CheckNames(IEnumerable<UploadSource> uploads)
    {
        var twice = uploads.GroupBy(upload => upload.Target).FirstOrDefault(same => same.Select(upload => upload.Text).Distinct().Skip(1).Any());
        if (twice is null) return;
        throw new InputException(
            $"{string.Join(" and ", twice.Select(upload => upload.Text).Distinct())} would become the same upload",
            "upload them one after the other, or rename one",
            twice.Key.Name);
    }

    private static async Task<int> RunAsync(
        Terminal terminal, IReadOnlyList<UploadSource> uploads, bool json, CancellationToken cancellation)
    {
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellation);
        var uploader = pipeline.Get<Uploader>();
        foreach (var upload in uploads.DistinctBy(upload => upload.Target)) await uploader.UploadAsync(upload, cancellation);

        // All are there before any is looked at, so that the arrays of a data set find each other.
        var done = new List<object>();
        var rejected = false;
        foreach (var upload in uploads)
        {
            var result = await pipeline.Get<UploadPass>().ProcessAsync(upload.Target, cancellation);
            done.Add(new { Source = upload.Text, Blob = upload.Target.ToString(), result.Outcome, result.Message });
            rejected |= result.Outcome == UploadOutcome.Rejected;
            if (result.Outcome == UploadOutcome.Rejected) terminal.Complain(result.Message);
            else if (!json) terminal.WriteLine(result.Message);
        }

        if (json) terminal.WriteJson(done);
        return rejected ? ExitCodes.BadInput : ExitCodes.Success;
    }
}
