using System.CommandLine;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Transfer;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.Uploads;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music upload</c>: puts recordings and arrays into the pipeline.</summary>
internal sealed class UploadCommand : MusicCommand
{
    public UploadCommand(Terminal terminal)
        : base(
            "upload",
            "Upload recordings (.aif, .aiff, .aifc) and arrays (.npy) and say what became of them",
            "upload recording.aiff",
            "upload notes_train_data.npy notes_train_labels.npy notes_test_data.npy notes_test_labels.npy",
            "upload https://example.org/sounds/Flute.aif")
    {
        var files = new Argument<string[]>("FILE|URL")
        {
            Description = "Files, or http and https addresses of files",
            Arity = ArgumentArity.OneOrMore,
        };
        Add(files);
        SetAction((parsed, cancellationToken) => RunAsync(terminal, parsed.GetRequiredValue(files), cancellationToken));
    }

    private static async Task<int> RunAsync(Terminal terminal, string[] files, CancellationToken cancellationToken)
    {
        await using var pipeline = await LocalPipeline.OpenAsync(terminal, cancellationToken);
        var uploader = pipeline.Get<Uploader>();
        var exitCode = ExitCodes.Success;
        var uploads = new List<BlobPath>();
        foreach (var file in files)
        {
            try
            {
                uploads.Add(await uploader.UploadAsync(file, cancellationToken));
            }
            catch (InputException exception)
            {
                // The other files are not to blame.
                terminal.Complain(exception.Message);
                exitCode = ExitCodes.BadInput;
            }
        }

        foreach (var upload in uploads)
        {
            var result = upload.Container == Containers.AudioUploads
                ? await pipeline.Get<AudioConversion>().RunAsync(upload.Name, cancellationToken)
                : await pipeline.Get<DatasetIngestion>().RunAsync(upload.Name, cancellationToken);
            if (result.Outcome == UploadOutcome.Rejected)
            {
                terminal.Complain(result.Message);
                exitCode = ExitCodes.BadInput;
            }
            else
            {
                terminal.WriteLine(result.Message);
            }
        }

        return exitCode;
    }
}
