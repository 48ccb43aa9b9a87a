using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Downloading;

namespace MusicPipeline.Local.Commands;

/// <summary>The program's commands, and what becomes of their errors.</summary>
internal sealed class CommandLine(Terminal terminal)
{
    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Show the full details of an error",
        Recursive = true,
    };

    /// <summary>Parses and runs a command line; the result is the process's exit code.</summary>
    public async Task<int> RunAsync(string[] arguments, Shutdown shutdown)
    {
        var parsed = CreateRoot().Parse(arguments);
        if (parsed.Action is ParseErrorAction) return Misused(parsed);
        if (Misplaced(parsed) is { } option) return Misused(parsed, option);

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            var exitCode = await parsed.InvokeAsync(configuration, shutdown.Token);
            return shutdown.Token.IsCancellationRequested ? shutdown.ExitCode : exitCode;
        }
        catch (Exception) when (shutdown.Token.IsCancellationRequested)
        {
            // Whatever a command throws on its way out is a consequence of the signal.
            return shutdown.ExitCode;
        }
        catch (Exception fault)
        {
            return new FaultReport(terminal, parsed.GetValue(_verbose)).Tell(fault);
        }
    }

    private RootCommand CreateRoot()
    {
        var root = new RootCommand("Turns instrument recordings and feature arrays into compared and exported classifiers.")
        {
            _verbose,
        };
        var output = OutputFolder.Option();
        var device = DeviceOption.Create();
        root.Add(output);
        root.Add(device);
        root.SetAction((parsed, cancellation) =>
            new MainJob(terminal, OutputFolder.Create(parsed.GetValue(output)), DeviceOption.Read(parsed, device)).RunAsync(cancellation));
        foreach (var command in MusicCommands.All(terminal)) root.Add(command);
        foreach (var option in root.Options.OfType<HelpOption>())
            option.Action = new HelpWithExamples((HelpAction)option.Action!, MusicCommands.RootExamples);
        return root;
    }

    /// <summary>An option of a command above the one that runs, which nobody would read.</summary>
    private static string? Misplaced(ParseResult parsed)
    {
        for (var above = parsed.CommandResult.Parent as CommandResult; above is not null; above = above.Parent as CommandResult)
        {
            var given = above.Children.OfType<OptionResult>()
                .FirstOrDefault(option => option is { Implicit: false, Option.Recursive: false });
            if (given is not null) return given.Option.Name;
        }

        return null;
    }

    private int Misused(ParseResult parsed, string option)
    {
        terminal.Complain(
            $"{option} before '{parsed.CommandResult.Command.Name}' says nothing of it; "
            + $"write it behind, as in './run{WordsOf(parsed.CommandResult)} {option} ...'.");
        return ExitCodes.BadInput;
    }

    private int Misused(ParseResult parsed)
    {
        terminal.Complain($"{parsed.Errors[0].Message.TrimEnd('.')}; see './run{WordsOf(parsed.CommandResult)} --help'.");
        return ExitCodes.BadInput;
    }

    /// <summary>A command as it is typed behind <c>./run</c>, such as <c> sweep list</c>.</summary>
    private static string WordsOf(CommandResult command) =>
        command.Command is RootCommand ? "" : $"{(command.Parent is CommandResult above ? WordsOf(above) : "")} {command.Command.Name}";
}
