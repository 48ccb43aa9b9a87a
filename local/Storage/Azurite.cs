using System.Diagnostics;
using System.Text.Json;
using MusicPipeline.Json;

namespace MusicPipeline.Local.Storage;

/// <summary>
/// The storage emulator on free loopback ports over one data folder. Programs that ask for the same folder share
/// one Azurite: the first starts it, the last one to leave ends it.
/// </summary>
/// <param name="hostFolder">The folder of <c>host.js</c>, with Azurite installed.</param>
/// <param name="dataFolder">Where Azurite keeps its data; made where absent.</param>
internal sealed class Azurite(string hostFolder, string dataFolder)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(12);

    private string EndpointsFile => Path.Combine(dataFolder, "host.json");

    /// <summary>Joins the Azurite that already serves the folder, or starts one and waits until it answers.</summary>
    /// <exception cref="SetupException">Node is missing or Azurite does not start.</exception>
    public async Task<AzuriteLease> OpenAsync(CancellationToken cancellation)
    {
        using var alone = await AloneAsync(cancellation);
        var last = ReadEndpoints();
        if (last is null) return await StartWithoutTablesAsync(at: null, cancellation);
        if (await JoinAsync(last, cancellation) is { } joined) return joined;
        try
        {
            // Programs that used one that has died look for it there.
            return await StartWithoutTablesAsync(last, cancellation);
        }
        catch (SetupException)
        {
            return await StartWithoutTablesAsync(at: null, cancellation);
        }
    }

    /// <summary>
    /// After Azurite has died: starts it again on the ports that it had, or joins one that another program has started there.
    /// </summary>
    /// <exception cref="SetupException">It does not start, or listens at other ports now.</exception>
    public async Task<AzuriteLease> ReopenAsync(AzuriteEndpoints last, CancellationToken cancellation)
    {
        using var alone = await AloneAsync(cancellation);
        if (ReadEndpoints() is not { } present || await JoinAsync(present, cancellation) is not { } joined)
            return await StartWithoutTablesAsync(last, cancellation);
        if (joined.Endpoints.ConnectionString == last.ConnectionString) return joined;
        await joined.DisposeAsync();
        throw new SetupException("Azurite has died, and another program has started it on other ports", "start this program again");
    }

    private Task<IDisposable> AloneAsync(CancellationToken cancellation) =>
        FileLock.TakeAsync(Path.Combine(dataFolder, "start.lock"), LockPatience, cancellation);

    private async Task<AzuriteLease?> JoinAsync(AzuriteEndpoints endpoints, CancellationToken cancellation)
    {
        if (await AzuriteLease.TryTakeAsync(endpoints, cancellation) is { } lease) return lease;

        // A host that is closing still saves its data; it removes the file when that is done.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < ClosePatience && IsAlive(endpoints.Pid);)
        {
            if (!File.Exists(EndpointsFile)) break;
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }

        File.Delete(EndpointsFile);
        return null;
    }

    private async Task<AzuriteLease> StartWithoutTablesAsync(AzuriteEndpoints? at, CancellationToken cancellation)
    {
        try
        {
            return await StartAsync(at, cancellation);
        }
        catch (SetupException) when (DropTables())
        {
            return await StartAsync(at, cancellation);
        }
    }

    private async Task<AzuriteLease> StartAsync(AzuriteEndpoints? at, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(StartPatience);
        string[] ports = at is null ? [] : [$"{at.BlobPort}", $"{at.QueuePort}", $"{at.TablePort}"];
        using var host = NodeTools.StartNode(hostFolder, ["host.js", dataFolder, .. ports]);
        try
        {
            var ready = await host.StandardOutput.ReadLineAsync(deadline.Token);
            if (ready is null) throw await FailedAsync(host, deadline.Token);

            var endpoints = JsonSerializer.Deserialize<AzuriteEndpoints>(ready, PipelineJson.Options)!;
            return await AzuriteLease.TryTakeAsync(endpoints, deadline.Token)
                ?? throw new SetupException("Azurite closed as soon as it was up", "try again");
        }
        catch (Exception exception)
        {
            if (!host.HasExited) host.Kill(entireProcessTree: true);
            if (exception is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                throw new SetupException(
                    $"Azurite was not ready after {StartPatience.TotalSeconds:0} s",
                    $"see {Path.Combine(dataFolder, "azurite.log")}",
                    exception);
            }

            throw;
        }
    }

    private async Task<SetupException> FailedAsync(Process host, CancellationToken cancellation)
    {
        var errors = await host.StandardError.ReadToEndAsync(cancellation);
        var log = Path.Combine(dataFolder, "azurite.log");
        var last = File.Exists(log) ? File.ReadLines(log).LastOrDefault(line => line.Length > 0) : null;
        return new SetupException(
            $"Azurite did not start ({last ?? errors.Trim()})",
            $"if its data in {dataFolder} is damaged, move that folder away and run again",
            new InvalidOperationException(errors));
    }

    /// <summary>Table data left by other versions can keep Azurite from starting; nothing here lives in tables.</summary>
    private bool DropTables()
    {
        var tables = Path.Combine(dataFolder, "__azurite_db_table__.json");
        if (!File.Exists(tables)) return false;
        File.Delete(tables);
        return true;
    }

    private AzuriteEndpoints? ReadEndpoints()
    {
        try
        {
            return JsonSerializer.Deserialize<AzuriteEndpoints>(File.ReadAllBytes(EndpointsFile), PipelineJson.Options);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
