using System.Diagnostics;
using MusicPipeline.TestSupport;

namespace MusicPipeline.Local.Tests;

/// <summary>The built program.</summary>
internal static class MusicProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command line to its end.</summary>
    public static Task<ProgramResult> RunAsync(params string[] arguments) => RunInAsync(RepositoryPaths.Root, arguments);

    /// <summary>Runs a command line to its end in a folder.</summary>
    public static Task<ProgramResult> RunInAsync(string folder, params string[] arguments) => RunInAsync(folder, arguments, []);

    /// <summary>Runs a command line to its end in a folder, with settings.</summary>
    public static async Task<ProgramResult> RunInAsync(string folder, string[] arguments, params (string Name, string Value)[] settings) =>
        (await RunAtOnceAsync(folder, [arguments], settings))[0];

    /// <summary>Runs two command lines at once to their ends in a folder, with settings.</summary>
    public static Task<ProgramResult[]> RunAtOnceAsync(
        string folder, string[][] commands, params (string Name, string Value)[] settings) =>
        WarmProgram.RunAsync(
        [
            .. commands.Select(arguments =>
                new ProgramRun(folder, arguments, settings.ToDictionary(setting => setting.Name, setting => setting.Value))),
        ]);

    /// <summary>Starts it as a process of its own, with its three standard streams as pipes.</summary>
    public static Process Start(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "music.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        IgnoredSignals.Hear();
        return Process.Start(start)!;
    }

    /// <summary>
    /// The next line on a program's standard error that holds a text. Lines about something else, such as what slow storage is said of,
    /// may come before it.
    /// </summary>
    public static async Task<string> LineAsync(Process program, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        var lines = new List<string>();
        while (await program.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return line;
            lines.Add(line);
        }

        throw new InvalidOperationException($"The program ended without a line that says '{text}': {string.Join('\n', lines)}");
    }
}
