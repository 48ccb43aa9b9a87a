using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MusicPipeline.Contract.Tests;
using MusicPipeline.Local.Tests;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>A storage account and a folder of its own for the program, and a look into the account.</summary>
internal sealed class Workspace : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TemporaryFolder _folder = new();
    private readonly string _account;
    private StorageRelay? _relay;

    private Workspace(string account) => _account = account;

    /// <summary>Where results are copied to.</summary>
    public string Out => _folder.File("out");

    /// <summary>The folder, in which programs run.</summary>
    public string Folder => _folder.FullPath;

    /// <summary>A path for a file of the test's own.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>A workspace whose account is empty.</summary>
    public static async Task<Workspace> OpenAsync() =>
        new(await (await TestContext.Current.GetFixture<SharedAzurite>())!.NewAccountAsync());

    /// <summary>The storage account.</summary>
    public BlobServiceClient Blobs => new(_account);

    /// <summary>A relay, through which every program that is started from now on reaches the storage account.</summary>
    public StorageRelay Relay => _relay ??= new StorageRelay(Blobs.Uri.Port);

    private string ConnectionString => _relay is null
        ? _account
        : _account.Replace($":{Blobs.Uri.Port}/", $":{_relay.Port}/", StringComparison.Ordinal);

    /// <summary>Starts the program.</summary>
    public Process Start(params string[] arguments) => Start([], arguments);

    /// <summary>Starts the program with settings.</summary>
    public Process Start((string Name, string Value)[] settings, params string[] arguments)
    {
        var program = MusicProgram.Start(Folder, arguments, [("AzureWebJobsStorage", ConnectionString), .. settings]);
        program.StandardInput.Close();
        return program;
    }

    /// <summary>Runs a command line to its end.</summary>
    public Task<ProgramResult> RunAsync(params string[] arguments) =>
        MusicProgram.RunInAsync(Folder, arguments, ("AzureWebJobsStorage", ConnectionString));

    /// <summary>Runs two command lines at once to their ends.</summary>
    public Task<ProgramResult[]> RunAtOnceAsync(params string[][] commands) =>
        MusicProgram.RunAtOnceAsync(Folder, commands, ("AzureWebJobsStorage", ConnectionString));

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
        var files = PageLinks.Of(await System.IO.File.ReadAllTextAsync(page))
            .ConvertAll(link => Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(link))));
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
        string[] parts = ["train_data", "train_labels", "test_data", "test_labels"];
        string[] files = [.. parts.Select(part => RepositoryPaths.Sample($"notes_{part}.npy"))];
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
            foreach (var other in finished.Keys.Where(name => !name.EndsWith("/trial.json", StringComparison.Ordinal)).ToList())
                finished.Remove(other);
            if (finished.Count >= atLeast) return finished;
            await Task.Delay(Pause, patience.Token);
        }
    }

    public void Dispose()
    {
        _relay?.Dispose();
        _folder.Dispose();
    }
}
