using System.Text.Json.Nodes;
using MusicPipeline.Infra.Tests.Reading;
using MusicPipeline.TestSupport;
using Xunit;

namespace MusicPipeline.Infra.Tests;

public sealed class SettingsTests
{
    private const string Connection = "AzureWebJobsStorage";

    // Of the host itself, not of this code.
    private static readonly string[] HostSettings =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "ASPNETCORE_URLS", "AzureFunctionsWebHost__hostid", "AzureWebJobsDisableHomepage",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "FUNCTIONS_WORKER_RUNTIME",
    ];

    [Fact]
    public void Every_Setting_That_The_Code_Reads_Is_Set_In_The_Cloud() =>
        Assert.Empty(FunctionsCode.Settings.Except(Deployed.Append(Connection)));

    [Fact]
    public void Every_Setting_Of_The_Cloud_Is_Read() =>
        Assert.Empty(Deployed.Except(FunctionsCode.Settings).Except(HostSettings).Except(Deployed.Where(IsOverride)));

    [Fact]
    public void The_Cloud_Names_Its_Storage_By_Identity() =>
        Assert.All(Deployment.All.SelectMany(deployment => deployment.Apps.Values), app =>
        {
            Assert.DoesNotContain(Connection, app.Settings.Keys);
            Assert.Equal("managedidentity", app.Settings[Connection + "__credential"]);
        });

    // On one's own machine a connection string stands for all parts of the connection, in the cloud the parts for it.
    [Fact]
    public void Every_Setting_That_The_Code_Reads_Is_In_The_Sample() =>
        Assert.Empty(FunctionsCode.Settings.Union(FunctionsCode.LocalSettings).Except(Sample.Keys)
            .Except([Connection + "__blobServiceUri", Connection + "__clientId"]));

    [Fact]
    public void Every_Setting_Of_The_Sample_Is_Read() =>
        Assert.Empty(Sample.Keys.Except(FunctionsCode.Settings).Except(FunctionsCode.LocalSettings).Except(HostSettings));

    [Fact]
    public void The_Sample_Runs_As_It_Is()
    {
        Assert.Equal("dotnet-isolated", Sample["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal("UseDevelopmentStorage=true", Sample[Connection]);
    }

    [Fact]
    public void Overridden_Host_Settings_Say_Where_They_Stand()
    {
        var overridden = Deployed.Where(IsOverride).ToList();
        Assert.NotEmpty(overridden);
        Assert.All(overridden, name => Assert.Matches("^AzureFunctionsJobHost__(extensions__durableTask__|functions__[0-9]+$)", name));
    }

    [Fact]
    public void Durable_Traces_Where_There_Is_A_Place_To_Go()
    {
        const string setting = "AzureFunctionsJobHost__extensions__durableTask__tracing__version";
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "functions", "host.json")))!;
        var tracing = host["extensions"]!["durableTask"]!["tracing"]!;
        // Durable warns at each start of any other way to have it off.
        Assert.Equal((true, "None"), ((bool)tracing["distributedTracingEnabled"]!, (string?)tracing["version"]));
        Assert.All(Deployment.All.SelectMany(deployment => deployment.Apps.Values), app => Assert.Equal("V2", app.Settings[setting]));

        // The host's OpenTelemetry takes nothing from this section.
        Assert.Equal("OpenTelemetry", (string?)host["telemetryMode"]);
        Assert.Null(host["logging"]!["applicationInsights"]);
    }

    private static bool IsOverride(string name) => name.StartsWith("AzureFunctionsJobHost__", StringComparison.Ordinal);

    private static IReadOnlySet<string> Deployed =>
        Deployment.All.SelectMany(deployment => deployment.Apps.Values)
            .SelectMany(app => app.Settings.Keys)
            .ToHashSet(StringComparer.Ordinal);

    private static Dictionary<string, string> Sample =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "local.settings.sample.json")))!["Values"]!.AsObject()
            .ToDictionary(value => value.Key, value => (string)value.Value!);
}
