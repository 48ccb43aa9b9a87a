using System.CommandLine;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Uploading;
using MusicPipeline.Storage;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music upload FILE|URL...</c>: puts recordings and arrays where the pipeline looks for them.</summary>
internal sealed class UploadCommand : MusicCommand
{
    /// <summary>Declares the command.</summary>
    public UploadCommand(Terminal terminal)
        : base(
            "upload",
            "Copy recordings and arrays into the pipeline, from files or from the web.",
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
        SetAction(async (parsed, cancellation) =>
        {
            // Names are checked before anything is started or sent.
            var uploads = parsed.GetRequiredValue(sources).Select(UploadSource.Parse).ToArray();
            foreach (var upload in uploads.Where(upload => upload.Address is null)) InputFile.Open(upload.Text).Dispose();
            await UploadAllAsync(terminal, uploads, parsed.GetValue(json), cancellation);
        });
    }

    private static async Task UploadAllAsync(
        Terminal terminal, IEnumerable<UploadSource> uploads, bool json, CancellationToken cancellation)
    {
        var repository = RepositoryFolder.Find();
        await using var account = await StorageAccount.OpenAsync(
            repository, StorageSettings.Read(repository), terminal.Say, cancellation);
        var store = new BlobArtifactStore(account.Blobs);
        await store.EnsureContainersAsync(cancellation);
        using var http = new HttpClient();
        var uploader = new Uploader(store, http);
        var done = new List<object>();
        foreach (var upload in uploads)
        {
            var bytes = await uploader.UploadAsync(upload, cancellation);
            done.Add(new { Source = upload.Text, Blob = upload.Target.ToString(), Bytes = bytes });
            if (!json) terminal.WriteLine($"{upload.Text} -> {upload.Target} ({bytes:N0} bytes)");
        }

        if (json) terminal.WriteJson(done);
        else terminal.Say("'./run up' processes uploads as they come, './run' once.");
    }
}
