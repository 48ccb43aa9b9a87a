using System.Text.Json;
using MusicPipeline.Json;
using Spectre.Console;

namespace MusicPipeline.Local.Cli;

/// <summary>Where a command writes: results to standard output, progress and complaints to standard error.</summary>
internal sealed class Terminal
{
    // Tables that go to a file or a pipe are not folded to a screen's width.
    private const int RedirectedWidth = 160;

    /// <summary>The process's own streams.</summary>
    public Terminal()
    {
        Out = Create(Console.Out, Console.IsOutputRedirected);
        Error = Create(Console.Error, Console.IsErrorRedirected);
        IsInteractive = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    }

    /// <summary>Results, with colours and tables where standard output is a terminal.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Progress.</summary>
    public IAnsiConsole Error { get; }

    /// <summary>Whether live progress bars can be shown; plain lines otherwise.</summary>
    public bool IsInteractive { get; }

    /// <summary>A line of results as it is.</summary>
    public void WriteLine(string line) => Console.Out.WriteLine(line);

    /// <summary>A value as JSON for scripts.</summary>
    public void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, PipelineJson.Options));

    /// <summary>The same on one line, for values of many rows.</summary>
    public void WriteCompactJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, PipelineJson.Compact));

    /// <summary>A line of progress, apart from the results.</summary>
    public void Say(string line) => Console.Error.WriteLine(line);

    /// <summary>A sentence to the user, after the program's name.</summary>
    public void Complain(string sentence) => Console.Error.WriteLine($"music: {Printable(sentence.ReplaceLineEndings(" "))}");

    /// <summary>Text from a file without what would steer the terminal; line breaks stay.</summary>
    public static string Printable(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) && letter != '\n' ? '?' : letter));

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected) console.Profile.Width = RedirectedWidth;
        return console;
    }
}
