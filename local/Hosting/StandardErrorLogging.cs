using Microsoft.Extensions.Logging.Console;

namespace MusicPipeline.Local.Hosting;

/// <summary>Logs go to standard error, a line each: standard output is for results.</summary>
internal static class StandardErrorLogging
{
    /// <summary>Adds the console, with everything on standard error.</summary>
    public static ILoggingBuilder AddStandardError(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
