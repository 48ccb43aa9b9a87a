using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Infra.Tests.Reading;

/// <summary>The Bicep command line, which comes as a package and works without a network.</summary>
internal static class Bicep
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Templates = new(StringComparer.Ordinal);
    private static readonly Lazy<BicepServer> Server = new(() => new BicepServer(Program()));

    public static string Folder { get; } = Path.Combine(RepositoryPaths.Root, "infra");

    /// <summary>The template that a file of the folder compiles to; any diagnostic fails the test.</summary>
    public static string Build(string file) => Templates.GetOrAdd(file, name => new(() =>
    {
        var compiled = Server.Value.Ask("bicep/compile", new JsonObject { ["path"] = Path.Combine(Folder, name) });
        Assert.True((bool)compiled["success"]! && compiled["diagnostics"]!.AsArray().Count == 0, $"{name}: {compiled["diagnostics"]}");
        return (string)compiled["contents"]!;
    })).Value;

    /// <summary>What a parameter file would deploy, as JSON.</summary>
    public static string Snapshot(string parameters, string subscription) => (string)Server.Value.Ask("bicep/getSnapshot", new JsonObject
    {
        ["path"] = parameters,
        ["metadata"] = new JsonObject { ["subscriptionId"] = subscription },
    })["snapshot"]!;

    /// <summary>Runs a command line of its own.</summary>
    public static (int Code, string Output, string Diagnostics) TryRun(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program(), arguments)
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

    private static string Program()
    {
        var program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .SingleOrDefault(attribute => string.Equals(attribute.Key, "Bicep", StringComparison.Ordinal))?.Value;
        if (program is null) Assert.Skip("The Bicep command line is a package for Linux on x64; elsewhere the deployment is not compiled.");
        return program;
    }
}
