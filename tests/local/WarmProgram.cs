using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace MusicPipeline.Local.Tests;

/// <summary>
/// A process that runs the program's command lines one after the other, each as if in a process of its own. Most of a
/// short run is the compilation of its code, which such a process does once.
/// </summary>
internal sealed class WarmProgram : IDisposable
{
    /// <summary>The argument that makes the test program one.</summary>
    public const string Serve = "serve-command-lines";

    // Each compiles the program anew, so there are no more of them than tests need at once.
    private const int Most = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Those that wait for a command line. They end with the tests, whose end closes their standard input.
    private static readonly ConcurrentBag<WarmProgram> Idle = [];
    private static readonly SemaphoreSlim Free = new(Most);
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly Process _process;

    private WarmProgram()
    {
        IgnoredSignals.Hear();
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(WarmProgram).Assembly.Location, Serve])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Runs command lines, two at most, side by side to their ends; none begins before all can.</summary>
    public static async Task<ProgramResult[]> RunAsync(params ProgramRun[] runs)
    {
        Assert.InRange(runs.Length, 1, Most);
        // Who needs two waits for both alone: two who had one each would wait for ever.
        await Turn.WaitAsync();
        foreach (var _ in runs) await Free.WaitAsync();
        Turn.Release();
        return await Task.WhenAll(runs.Select(RunAsync));
    }

    /// <summary>Runs the command lines that come on standard input, a line each, and answers with their results.</summary>
    public static async Task<int> ServeAsync()
    {
        var (input, output) = (Console.In, Console.Out);
        while (await input.ReadLineAsync() is { } line)
            await output.WriteLineAsync(JsonSerializer.Serialize(Run(JsonSerializer.Deserialize<ProgramRun>(line)!)));
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static async Task<ProgramResult> RunAsync(ProgramRun run)
    {
        using var patience = new CancellationTokenSource(Patience);
        WarmProgram? program = null;
        try
        {
            program = Idle.TryTake(out var idle) ? idle : new WarmProgram();
            var result = await program.AskAsync(run, patience.Token);
            Idle.Add(program);
            return result;
        }
        catch
        {
            program?.Dispose();
            throw;
        }
        finally
        {
            Free.Release();
        }
    }

    private static ProgramResult Run(ProgramRun run)
    {
        var before = run.Environment.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        using StringWriter output = new(), error = new();
        Console.SetOut(output);
        Console.SetError(error);
        Environment.CurrentDirectory = run.Folder;
        foreach (var (name, value) in run.Environment) Environment.SetEnvironmentVariable(name, value);
        try
        {
            var exitCode = (int)typeof(SetupException).Assembly.EntryPoint!.Invoke(null, [run.Arguments])!;
            return new ProgramResult(exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
            Environment.CurrentDirectory = AppContext.BaseDirectory;
        }
    }

    private async Task<ProgramResult> AskAsync(ProgramRun run, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(run).AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        return await _process.StandardOutput.ReadLineAsync(cancellation) is { } answer
            ? JsonSerializer.Deserialize<ProgramResult>(answer)!
            : throw new InvalidOperationException(
                $"The program broke down at {string.Join(' ', run.Arguments)}; its last words are above.");
    }
}
