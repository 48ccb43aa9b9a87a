using System.CommandLine;
using MusicPipeline.Api;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Http;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music up</c>: keeps the pipeline up, with the upload containers watched and the HTTP API served.</summary>
internal sealed class UpCommand : MusicCommand
{
    private const int MaxBodyBytes = PredictionBody.MaxBytes + (1 << 20);

    public UpCommand(Terminal terminal)
        : base(
            "up",
            "Keep the pipeline up: watch the upload containers and serve the HTTP API until Ctrl-C",
            "up",
            "up --port 8080")
    {
        var port = new Option<int>("--port")
        {
            Description = "Port of the HTTP API on the loopback interface; 0 takes a free one",
            DefaultValueFactory = _ => 7071,
        };
        Add(port);
        SetAction((parsed, cancellationToken) => RunAsync(terminal, parsed.GetValue(port), cancellationToken));
    }

    private static async Task<int> RunAsync(Terminal terminal, int port, CancellationToken cancellationToken)
    {
        var repository = RepositoryFolder.Find();
        await using var account = await StorageAccount.OpenAsync(
            repository, StorageSettings.Read(repository), terminal.Say, cancellationToken);
        await using var app = Build(account, port);
        await app.Services.GetRequiredService<IArtifactStore>().EnsureContainersAsync(cancellationToken);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new SetupException(
                $"port {port} cannot be listened on ({exception.Message.TrimEnd('.')})", "choose another one with --port", exception);
        }

        Announce(terminal, account, app.Urls.First());
        var resumed = await app.Services.GetRequiredService<SweepService>().ResumeAsync(cancellationToken);
        foreach (var id in resumed) terminal.Say($"Going on with sweep {id}.");
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Success;
    }

    private static WebApplication Build(StorageAccount account, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Logging.ClearProviders()
            .AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("MusicPipeline", LogLevel.Information);
        builder.Services.AddPipeline(account.Blobs);
        builder.Services.AddHostedService<UploadWatcher>();
        var app = builder.Build();
        app.UseProblemDocuments();
        app.MapPipeline();
        return app;
    }

    private static void Announce(Terminal terminal, StorageAccount account, string url)
    {
        terminal.WriteLine($"Storage   {account.Description}");
        terminal.WriteLine($"Uploads   {Containers.AudioUploads} (AIFF), {Containers.DatasetUploads} (.npy)");
        terminal.WriteLine($"API       {url}{ApiRoutes.OpenApi}");
        terminal.WriteLine($"          POST {url}{ApiRoutes.Sweeps}    {{\"preset\": \"lab\"}}");
        terminal.WriteLine($"          GET  {url}{ApiRoutes.Sweeps}");
        terminal.WriteLine($"          GET  {url}{ApiRoutes.Datasets}");
        terminal.WriteLine($"          GET  {url}/api/audio/<name>");
        terminal.WriteLine($"          POST {url}{ApiRoutes.Predict}?model=<sweep or trial>");
        terminal.WriteLine("Ctrl-C stops it.");
    }
}
