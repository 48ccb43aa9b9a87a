using System.CommandLine;
using System.Net.Sockets;
using MusicPipeline.Audio.Recordings;
using MusicPipeline.Collections;
using MusicPipeline.Errors;
using MusicPipeline.Hosting;
using MusicPipeline.Http;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Hosting;
using MusicPipeline.Local.Http;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Watching;
using MusicPipeline.Storage;
using MusicPipeline.Sweeps.Requests;
using MusicPipeline.Sweeps.Running;

namespace MusicPipeline.Local.Commands;

/// <summary><c>music up</c>: keeps the pipeline up, with the upload containers watched and the HTTP API served.</summary>
internal sealed class UpCommand : MusicCommand
{
    private const int MaxPort = 65_535;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public UpCommand(Terminal terminal)
        : base(
            "up",
            "Keep the pipeline up: watch the upload containers and serve the page and the HTTP API until Ctrl-C",
            "up",
            "up --port 8080")
    {
        var port = new Option<int>("--port")
        {
            Description = "Port of the HTTP API on the loopback interface; 0 takes a free one",
            DefaultValueFactory = _ => 7071,
        };
        var json = new Option<bool>("--json")
        {
            Description = "When it is up, print one line of JSON: url, storage and, of an Azurite on this machine, connectionString",
        };
        Add(port);
        var device = DeviceOption.Create();
        Add(json);
        Add(device);
        SetAction((parsed, cancellationToken) => RunAsync(
            terminal, parsed.GetValue(port), parsed.GetValue(json), DeviceOption.Read(parsed, device), cancellationToken));
    }

    private static async Task<int> RunAsync(
        Terminal terminal, int port, bool json, DeviceSetting? device, CancellationToken cancellationToken)
    {
        if (port is < 0 or > MaxPort) throw new InputException($"{port} is no port", $"give one from 0 to {MaxPort}", "--port");
        var repository = RepositoryFolder.Find();
        var settings = StorageSettings.Read(repository);
        if (settings.IsOwnAzurite) settings.CheckDataFolder();
        using var served = settings.IsOwnAzurite ? ServedFolder.Take(settings.DataFolder) : null;
        await using var account = await StorageAccount.OpenAsync(repository, settings, terminal.Say, cancellationToken);
        await using var app = Build(account, port, device);
        await app.Services.GetRequiredService<IArtifactStore>().EnsureContainersAsync(cancellationToken);
        await StartAsync(app, port, cancellationToken);
        await AskForPageAsync(app.Urls.First(), cancellationToken);
        served?.Announce(app.Urls.First());

        if (json) terminal.WriteCompactJson(new { Url = app.Urls.First(), Storage = account.Description, account.ConnectionString });
        else Announce(terminal, account, app.Urls.First());
        await await Task.WhenAny(ServeAsync(), account.Kept);
        return ExitCodes.Success;

        async Task ServeAsync()
        {
            await GoOnAsync(app.Services, terminal, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
        }
    }

    /// <summary>Goes on with what a host before this one has left.</summary>
    private static async Task GoOnAsync(IServiceProvider services, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var (sweeps, collections) =
            (scope.ServiceProvider.GetRequiredService<SweepService>(), scope.ServiceProvider.GetRequiredService<CollectService>());
        foreach (var id in await InsistAsync(sweeps.ResumeAsync, cancellationToken)) terminal.Say($"Going on with sweep {id}.");
        foreach (var name in await InsistAsync(collections.ResumeAsync, cancellationToken))
            terminal.Say($"Going on with collecting {name}.");
    }

    /// <summary>
    /// Tries until storage lets it. An Azurite that dies while the host begins is started again, and for a moment has none of the
    /// containers that were just made; the watcher says what is wrong where it lasts.
    /// </summary>
    private static async Task<T> InsistAsync<T>(Func<CancellationToken, Task<T>> resumeAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await resumeAsync(cancellationToken);
            }
            catch (Exception exception) when (StorageAwayException.IsAway(exception))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static async Task StartAsync(WebApplication app, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            var reason = exception.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
                ? "another program uses it"
                : exception.GetBaseException().Message.TrimEnd('.');
            throw new SetupException($"the API cannot listen on port {port} ({reason})", "choose another one with --port", exception);
        }
    }

    /// <summary>The first request has every route compiled, which nobody shall wait for in front of an empty window.</summary>
    private static async Task AskForPageAsync(string url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await http.GetAsync(new Uri(url), cancellationToken);
    }

    private static WebApplication Build(StorageAccount account, int port, DeviceSetting? device)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Bodies are bounded where they are read. The server's own limit would break the connection off, and with it the answer.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Logging.ClearProviders()
            .AddStandardError()
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("MusicPipeline", LogLevel.Information)
            // The watcher says itself what became of an upload, and the command why it cannot start.
            .AddFilter("MusicPipeline.Uploads", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddPipeline(account.Blobs, device);
        builder.Services.AddHostedService<UploadWatcher>();
        builder.Services.AddSingleton<StreamLimits>(services =>
            new(Timeout.InfiniteTimeSpan, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping));
        var app = builder.Build();
        app.UseRequestPipeline(OriginRules.Parse(Environment.GetEnvironmentVariable(OriginRules.Setting)));
        app.MapPipeline();
        return app;
    }

    private static void Announce(Terminal terminal, StorageAccount account, string url)
    {
        terminal.WriteLine($"Page      {url}/");
        terminal.WriteLine($"Storage   {account.Description}");
        terminal.WriteLine($"Uploads   {Containers.AudioUploads} ({RecordingFormat.Names}), {Containers.DatasetUploads} (.npy),");
        terminal.WriteLine($"          {Containers.Recordings}/<collection>/<label> (recordings to learn from)");
        terminal.WriteLine($"API       {url}/{ApiRoutes.OpenApi}");
        terminal.WriteLine($"          POST {url}/{ApiRoutes.Sweeps}    {{\"preset\": \"lab\"}}");
        terminal.WriteLine($"          GET  {url}/{ApiRoutes.Sweeps}");
        terminal.WriteLine($"          GET  {url}/{ApiRoutes.Datasets}");
        terminal.WriteLine($"          GET  {url}/api/audio/<name>");
        terminal.WriteLine($"          POST {url}/{ApiRoutes.Predict}?model=<sweep or trial>");
        terminal.WriteLine("Ctrl-C stops it.");
    }
}
