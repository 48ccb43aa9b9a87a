using System.Collections.Concurrent;
using Xunit;

namespace MusicPipeline.Tests.Local.EndToEnd;

/// <summary>Sweeps that ran from beginning to end, each in a workspace of its own, to compare others with.</summary>
public sealed class UndisturbedSweeps : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string[], Lazy<Task<UndisturbedSweep>>> _sweeps = new();

    /// <summary>The sweep of a command line, which runs when it is first asked for.</summary>
    internal Task<UndisturbedSweep> GetAsync(string[] arguments) =>
        _sweeps.GetOrAdd(arguments, _ => new Lazy<Task<UndisturbedSweep>>(() => RunAsync(arguments))).Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var sweep in _sweeps.Values) (await sweep.Value).Workspace.Dispose();
    }

    private static async Task<UndisturbedSweep> RunAsync(string[] arguments)
    {
        var workspace = await Workspace.OpenAsync();
        await workspace.IngestSamplesAsync();
        var before = workspace.Relay.Requests;
        var run = await workspace.RunAsync([.. arguments, "--out", workspace.Out]);
        Assert.True(run.ExitCode == 0, run.Error);
        return new UndisturbedSweep(workspace, workspace.Relay.Requests - before);
    }
}
