using System.Text.Json.Nodes;
using MusicPipeline.Sweeps.Running.Orchestration;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Functions.Tests.Hosting;

public sealed class HostFileTests
{
    [Fact]
    public void Durable_Knows_The_Version_Of_The_Steps()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "functions", "host.json")));
        var durable = host!["extensions"]!["durableTask"]!;

        Assert.Equal(OrchestrationNames.Version, (string?)durable["defaultVersion"]);
        // What is none is compared as text, where 10 comes before 9.
        Assert.True(Version.TryParse(OrchestrationNames.Version, out _));
        // A worker of before a deployment leaves what the new one has started to it; one of after it ends what it cannot go on with.
        Assert.Equal("CurrentOrOlder", (string?)durable["versionMatchStrategy"]);
        Assert.Equal("Reject", (string?)durable["versionFailureStrategy"]);
    }
}
