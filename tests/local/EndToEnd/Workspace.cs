using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MusicPipeline.Contract.Tests;
using MusicPipeline.Local.Storage;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>A data folder of its own for the program, and a look into the storage account that lies in it.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly TemporaryFolder _folder = new();
    private AzuriteLease? _lease;
    private StorageRelay? _relay;

    /// <summary>Where the program's Azurite keeps its data.</summary>
    public string Data => _folder.File("data");

    /// <summary>Where results are copied to.</summary>
    public string Out => _folder.File("out");

    /// <summary>A path for a file of the test's own.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>A workspace whose Azurite is up until the end, so that every program joins it.</summary>
    public static async Task<Workspace> OpenAsync()
    {
        var workspace = new Workspace();
        workspace._lease = await new Azurite(await AzuriteFolder.InstalledAsync(), workspace.Data).OpenAsync(CancellationToken.None);
        return workspace;
    }

    /// <summary>The storage account.</summary>
    public BlobServiceClient Blobs => new(_lease!.Endpoints.ConnectionString);

    /// <summary>A relay, through which every program that is started from now on reaches the storage account.</summary>
    public StorageRelay Relay => _relay ??= new StorageRelay(_lease!.Endpoints.BlobPort);

    /// <summary>Starts the program.</summary>
    public Process Start(params string[] arguments) => Start([], arguments);

    /// <summary>Starts the program with settings.</summary>
    public Process Start((string Name, string Value)[] settings, params string[] arguments)
    {
        var account = _relay is null ? "" : (_lease!.Endpoints with { BlobPort = _relay.Port }).ConnectionString;
        var program = MusicProgram.Start(_folder.FullPath, arguments, [("MUSIC_DATA", Data), ("AzureWebJobsStorage", account), .. settings]);
        program.StandardInput.Close();
        return program;
    }

    /// <summary>Runs the program to its end.</summary>
    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        return await EndAsync(program);
    }

    /// <summary>Waits until a program has ended by itself.</summary>
    public static async Task<ProgramResult> EndAsync(Process program)
    {
        using var patience = new CancellationTokenSource(Patience);
        var output = program.StandardOutput.ReadToEndAsync(patience.Token);
        var error = program.StandardError.ReadToEndAsync(patience.Token);
        await program.WaitForExitAsync(patience.Token);
        return new ProgramResult(program.ExitCode, await output, await error);
    }

    /// <summary>Every link of a page among the copied results leads to a file there.</summary>
    public static async Task CheckLinksAsync(string page, params string[] expected)
    {
        var folder = Path.GetDirectoryName(page)!;
        var files = PageLinks.Of(await System.IO.File.ReadAllTextAsync(page)).ConvertAll(link => Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(link))));
        Assert.All(files, file => Assert.True(System.IO.File.Exists(file), $"{page} links to {file}"));
        Assert.All(expected, name => Assert.Contains(files, file => Path.GetFileName(file) == name));
    }

    /// <summary>Sends a signal by its name, such as <c>INT</c>.</summary>
    public static async Task SignalAsync(Process program, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", program.Id.ToString()]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Uploads the samples' data set by the program and waits until it is ingested.</summary>
    public async Task IngestSamplesAsync()
    {
        string[] files = [.. ((string[])["train_data", "train_labels", "test_data", "test_labels"]).Select(part => RepositoryPaths.Sample($"notes_{part}.npy"))];
        var result = await RunAsync(["upload", .. files]);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>The blobs of a container by their names.</summary>
    public async Task<SortedDictionary<string, BlobItem>> ListAsync(string container)
    {
        var blobs = new SortedDictionary<string, BlobItem>(StringComparer.Ordinal);
        await foreach (var blob in Blobs.GetBlobContainerClient(container).GetBlobsAsync()) blobs[blob.Name] = blob;
        return blobs;
    }

    /// <summary>A blob's bytes.</summary>
    public async Task<byte[]> ReadAsync(string container, string name)
    {
        BlobDownloadResult read = await Blobs.GetBlobContainerClient(container).GetBlobClient(name).DownloadContentAsync();
        return read.Content.ToArray();
    }

    /// <summary>The documents of finished trials by their names, once there are a few.</summary>
    public async Task<SortedDictionary<string, BlobItem>> FinishedTrialsAsync(int atLeast)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var finished = await ListAsync("trials");
            foreach (var other in finished.Keys.Where(name => !name.EndsWith("/trial.json", StringComparison.Ordinal)).ToList()) finished.Remove(other);
            if (finished.Count >= atLeast) return finished;
            await Task.Delay(Pause, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _relay?.Dispose();
        if (_lease is not null) await _lease.DisposeAsync();
        _folder.Dispose();
    }
}
