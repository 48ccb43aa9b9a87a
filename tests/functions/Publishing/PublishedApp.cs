using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Functions.Tests.Publishing;

/// <summary>The app, published once as <c>infra/Dockerfile</c> publishes it for processors.</summary>
public sealed partial class PublishedApp : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder that the image would hold.</summary>
    public string Folder => _folder.FullPath;

    /// <summary>What the host is told of the functions.</summary>
    public IReadOnlyList<JsonNode> Functions =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "functions.metadata")))!.AsArray().Select(function => function!)];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var command = PublishCommand().Match(await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "infra", "Dockerfile")));
        Assert.True(command.Success, "infra/Dockerfile publishes nothing for processors.");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = RepositoryPaths.Root,
        };
        var arguments = command.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(argument => argument == "/app" ? Folder : argument)
            // The scheduler's package is not to be had everywhere.
            .Where(argument => argument != "-p:DurableBackend=AzureManaged");
        foreach (var argument in (string[])
        [
            .. arguments, "--no-restore", "-nologo", "-v", "q", "-noWarn:NU1603", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            // One project alone is built: a process more than one only takes its start.
            "-maxCpuCount:1",
            // Analyzers have had their say when the tests were built, which also built the libraries: with other properties, the next build
            // would compile all of those anew.
            "-p:RunAnalyzers=false", "-p:BuildProjectReferences=false",
        ])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"AS publish-cpu\s+RUN dotnet (?<arguments>publish .*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublishCommand();
}
