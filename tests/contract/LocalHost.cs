using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MusicPipeline.Contract.Tests;

/// <summary><c>music up</c> as a process of its own, on a free port and with a data folder of its own.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _data;

    private LocalHost(Process process, DirectoryInfo data, string url, string connectionString)
    {
        (_process, _data, Url, ConnectionString) = (process, data, url, connectionString);
    }

    public string Url { get; }

    public string ConnectionString { get; }

    /// <summary>Starts it and reads the line of JSON that <c>up --json</c> prints when it is up.</summary>
    public static async Task<LocalHost> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("music-contract-");
        var start = new ProcessStartInfo("dotnet", [Repository.Program, "up", "--port", "0", "--json"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MUSIC_DATA"] = data.FullName },
        };
        start.Environment.Remove("AzureWebJobsStorage");
        var process = Process.Start(start)!;
        var errors = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors) errors.Add(line.Data ?? "");
        };
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync() is not { } ready)
        {
            await process.WaitForExitAsync();
            throw new InvalidOperationException($"The local host ended with {process.ExitCode}: {string.Join('\n', errors)}");
        }

        using var document = JsonDocument.Parse(ready);
        return new LocalHost(
            process,
            data,
            document.RootElement.GetProperty("url").GetString()!,
            document.RootElement.GetProperty("connectionString").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            if (OperatingSystem.IsWindows()) _process.Kill(entireProcessTree: true);
            else _ = Kill(_process.Id, (int)PosixSignalNumber.Terminate);
            using var patience = new CancellationTokenSource(StopPatience);
            await _process.WaitForExitAsync(patience.Token);
        }

        _data.Delete(recursive: true);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);

    private enum PosixSignalNumber
    {
        Terminate = 15,
    }
}
