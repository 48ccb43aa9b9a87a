using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using MusicPipeline.Functions.Uploads;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Functions.Tests.Uploads;

/// <summary>How the app hears of uploads: by events when it is built for the cloud, by polling elsewhere.</summary>
public sealed class BlobTriggerTests
{
    // This project is built as the app is, so that -p:BlobTriggers=EventGrid tests the other build.
    private static readonly string Source =
        Metadata("BlobTriggers") == "EventGrid" ? nameof(BlobTriggerSource.EventGrid) : nameof(BlobTriggerSource.LogsAndContainerScan);

    [Fact]
    public void Both_Triggers_Are_Bound_As_The_Build_Says()
    {
        var triggers = typeof(UploadFunctions).GetMethods()
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<BlobTriggerAttribute>())
            .OfType<BlobTriggerAttribute>()
            .ToList();
        Assert.Equal(
            ["audio-uploads/{name}", "dataset-uploads/{name}"], triggers.Select(trigger => trigger.BlobPath).Order(StringComparer.Ordinal));
        Assert.All(triggers, trigger => Assert.Equal(Source, trigger.Source.ToString()));
    }

    [Fact]
    public void The_Host_Is_Told_So()
    {
        var functions = JsonNode.Parse(File.ReadAllText(Path.Combine(Metadata("FunctionsOutput"), "functions.metadata")))!.AsArray();
        var triggers = functions.SelectMany(function => function!["bindings"]!.AsArray())
            .Where(binding => string.Equals((string?)binding!["type"], "blobTrigger", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, triggers.Count);
        Assert.All(triggers, trigger => Assert.Equal(Source, (string?)trigger!["source"]));
    }

    [Theory]
    [InlineData("Polling", false)]
    [InlineData("EventGrid", true)]
    public async Task A_Build_Property_Chooses(string value, bool events)
    {
        var project = Path.Combine(RepositoryPaths.Root, "functions", "MusicPipeline.Functions.csproj");
        var start = new ProcessStartInfo(
            "dotnet", ["msbuild", project, "-nologo", $"-p:BlobTriggers={value}", "-getProperty:DefineConstants"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var constants = (await build.StandardOutput.ReadToEndAsync()).Trim().Split(';');
        await build.WaitForExitAsync();

        Assert.Equal(0, build.ExitCode);
        Assert.Equal(events, constants.Contains("EVENT_GRID"));
    }

    private static string Metadata(string key) =>
        typeof(BlobTriggerTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
