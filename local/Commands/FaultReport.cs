using Azure;
using Azure.Identity;
using MusicPipeline.Errors;
using MusicPipeline.Local.Cli;
using MusicPipeline.Local.Storage;

namespace MusicPipeline.Local.Commands;

/// <summary>Turns what a command threw into one sentence on standard error and an exit code.</summary>
internal sealed class FaultReport(Terminal terminal, bool verbose)
{
    /// <summary>Says what happened; the stack trace follows with <c>--verbose</c> only.</summary>
    public int Tell(Exception fault)
    {
        var (sentence, exitCode) = Describe(fault);
        terminal.Complain(sentence);
        if (verbose) terminal.Say(fault.ToString());
        return exitCode;
    }

    private static (string Sentence, int ExitCode) Describe(Exception fault) => fault switch
    {
        InputException => (fault.Message, ExitCodes.BadInput),
        SetupException => (fault.Message, ExitCodes.Fault),
        _ when StorageTrouble.Describe(fault) is { } trouble => (trouble, ExitCodes.Fault),
        RequestFailedException =>
            (
                $"the storage account refused a request ({FaultText.FirstLine(fault)}); "
                + "check AzureWebJobsStorage and your rights on the account.",
                ExitCodes.Fault),
        AuthenticationFailedException => (
            $"signing in to Azure failed ({FaultText.FirstLine(fault)}); run 'az login' or check the identity's settings.",
            ExitCodes.Fault),
        IOException => ($"a file could not be read or written ({FaultText.FirstLine(fault)}); check the disk.", ExitCodes.Fault),
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        AggregateException { InnerException: RequestFailedException first } => Describe(first),
        _ => (
            $"something unexpected went wrong ({fault.GetType().Name}: {FaultText.FirstLine(fault)}); "
            + "run it again with --verbose and report what it prints.",
            ExitCodes.Fault),
    };
}
