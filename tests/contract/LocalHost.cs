using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MusicPipeline.Contract.Tests;

/// <summary><c>music up</c> as a process of its own, on a free port and with a data folder of its own.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly DirectoryInfo _data;
    private readonly List<string> _log;

    private LocalHost(Process process, DirectoryInfo data, List<string> log, string url, string connectionString)
    {
        (_process, _data, _log, Url, ConnectionString) = (process, data, log, url, connectionString);
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
        var log = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (log) log.Add(line.Data ?? "");
        };
        process.BeginErrorReadLine();
        if (await process.StandardOutput.ReadLineAsync() is not { } ready)
        {
            await process.WaitForExitAsync();
            throw new InvalidOperationException($"The local host ended with {process.ExitCode}: {string.Join('\n', log)}");
        }

        using var document = JsonDocument.Parse(ready);
        return new LocalHost(
            process,
            data,
            log,
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
        // Whatever the tests sent, none of it may have been a surprise to the host.
        Assert.DoesNotContain(
            _log, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);

    private enum PosixSignalNumber
    {
        Terminate = 15,
    }
}
