using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Infra.Tests.Reading;

/// <summary>The Bicep command line, which comes as a package and works without a network.</summary>
internal static class Bicep
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Templates = new(StringComparer.Ordinal);

    public static string Folder { get; } = Path.Combine(RepositoryPaths.Root, "infra");

    /// <summary>The template that a file of the folder compiles to.</summary>
    public static string Build(string file) => Templates.GetOrAdd(file, name => new(() => Run("build", name, "--stdout"))).Value;

    /// <summary>Runs it and returns what it wrote; any diagnostic on standard error fails the test.</summary>
    public static string Run(params string[] arguments)
    {
        var (code, output, diagnostics) = TryRun(arguments);
        Assert.True(code == 0 && diagnostics.Length == 0, $"bicep {string.Join(' ', arguments)} ended with {code}\n{diagnostics}");
        return output;
    }

    public static (int Code, string Output, string Diagnostics) TryRun(params string[] arguments)
    {
        var program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .SingleOrDefault(attribute => string.Equals(attribute.Key, "Bicep", StringComparison.Ordinal))?.Value;
        if (program is null) Assert.Skip("The Bicep command line is a package for Linux on x64; elsewhere the deployment is not compiled.");
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        })!;
        var diagnostics = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, diagnostics.Result.Trim());
    }
}
