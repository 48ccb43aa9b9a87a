using MusicPipeline.Http;
using MusicPipeline.Infra.Tests.Reading;
using MusicPipeline.Storage;
using Xunit;

namespace MusicPipeline.Infra.Tests;

public sealed class DeploymentTests
{
    private static readonly string[] Gpus = ["none", "T4", "A100"];

    [Fact]
    public void Storage_Has_Exactly_The_Containers_Of_The_Code()
    {
        var containers = Deployment.Of("none", "dts").OfType("Microsoft.Storage/storageAccounts/blobServices/containers");
        Assert.Equal(Containers.All.Order(), containers.Select(container => ((string)container["name"]!).Split('/')[^1]).Order());
    }

    [Fact]
    public void Storage_Takes_Identities_Only()
    {
        var account = Assert.Single(Deployment.Of("none", "dts").OfType("Microsoft.Storage/storageAccounts"))["properties"]!;
        Assert.False((bool)account["allowSharedKeyAccess"]!);
        Assert.False((bool)account["allowBlobPublicAccess"]!);
        Assert.Equal("TLS1_2", (string?)account["minimumTlsVersion"]);
    }

    [Fact]
    public void Telemetry_Takes_Identities_Only()
    {
        var insights = Assert.Single(Deployment.Of("none", "dts").OfType("Microsoft.Insights/components"));
        Assert.True((bool)insights["properties"]!["DisableLocalAuth"]!);
    }

    [Fact]
    public void The_Identity_Has_The_Least_Roles()
    {
        // Blob Data Owner, Queue and Table Data Contributor, Metrics Publisher, Durable Task Data Contributor, AcrPull.
        string[] expected =
        [
            "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "974c5e8b-45b9-4653-ba55-5f855dd0fb88", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
            "3913510d-42f4-4e42-8a64-420c390055eb", "0ad04412-c4d5-4796-b79c-f76d14c8d402", "7f951dda-4ed3-4680-a7ca-43fe172d538d",
        ];
        var given = Deployment.Of("T4", "dts").OfType("Microsoft.Authorization/roleAssignments")
            .Where(assignment => string.Equals(
                (string?)assignment["properties"]!["principalType"], "ServicePrincipal", StringComparison.Ordinal))
            .Select(assignment => ((string)assignment["properties"]!["roleDefinitionId"]!).Split('/')[^1]);
        Assert.Equal(expected.Order(), given.Order());
    }

    [Fact]
    public void Every_Function_Runs_In_Exactly_One_App()
    {
        var all = FunctionsCode.FunctionNames;
        foreach (var gpu in Gpus)
        {
            var apps = Deployment.Of(gpu, "dts").Apps;
            Assert.Equal(["DescribeDevice", "TrainTrials"], apps["trainer"].Functions);
            Assert.Equal(all.Order(), apps.Values.SelectMany(app => app.Functions).Order());
        }
    }

    [Fact]
    public void Apps_Of_One_Hub_Take_Only_Work_That_They_Have_Functions_For() =>
        Assert.All(Deployment.Of("T4", "dts").Apps.Values, app =>
        {
            const string prefix = "AzureFunctionsJobHost__extensions__durableTask__";
            Assert.Equal("functionapp", app.Kind);
            Assert.Equal("azureManaged", app.Settings[prefix + "storageProvider__type"]);
            Assert.Equal("true", app.Settings[prefix + "storageProvider__workItemFilteringEnabled"]);
            Assert.Equal(app.Service, app.Settings["AzureFunctionsWebHost__hostid"]);
        });

    [Fact]
    public void Probes_Watch_The_Api_Once_Its_Own_Image_Runs()
    {
        var apps = Deployment.Of("none", "dts").Apps;
        Assert.Equal(Deployment.OwnImage, (string?)apps["pipeline"].Container["image"]);
        Assert.Equal(
            [("Startup", "/" + ApiRoutes.Health), ("Readiness", "/" + ApiRoutes.Health), ("Liveness", "/admin/host/ping")],
            apps["pipeline"].Probes.Select(probe => ((string?)probe["type"], (string?)probe["httpGet"]!["path"])));
        Assert.All(apps["pipeline"].Probes, probe =>
        {
            Assert.Equal(8080, (int)probe["httpGet"]!["port"]!);
            // Storage that hangs is told after two seconds; Container Apps takes at most ten failures.
            Assert.True((int)probe["timeoutSeconds"]! > 2);
            Assert.InRange((int)probe["failureThreshold"]!, 1, 10);
        });
        Assert.Empty(apps["trainer"].Probes);
        Assert.Empty(Deployment.Of("none", "storage").Apps["pipeline"].Probes);
    }

    [Theory]
    [InlineData("T4", "Consumption-GPU-NC8as-T4")]
    [InlineData("A100", "Consumption-GPU-NC24-A100")]
    public void A_Gpu_Runs_Only_While_Trials_Wait(string gpu, string profile)
    {
        var deployment = Deployment.Of(gpu, "dts");
        var profiles = Assert.Single(deployment.OfType("Microsoft.App/managedEnvironments"))["properties"]!["workloadProfiles"]!.AsArray();
        Assert.Equal(["Consumption", profile], profiles.Select(item => (string?)item!["workloadProfileType"]));

        var trainer = deployment.Apps["trainer"];
        Assert.Equal("gpu", (string?)trainer.Properties["workloadProfileName"]);
        Assert.Equal(0, (int)trainer.Scale["minReplicas"]!);
        var rule = Assert.Single(trainer.Scale["rules"]!.AsArray())!["custom"]!;
        Assert.Equal("azure-durabletask-scheduler", (string?)rule["type"]);
        Assert.Equal("Activity", (string?)rule["metadata"]!["workItemType"]);
        Assert.Equal("Consumption", (string?)deployment.Apps["pipeline"].Properties["workloadProfileName"]);
    }

    [Fact]
    public void A_Sweep_Trains_As_Many_Trials_As_All_Replicas_Can() =>
        Assert.All(Deployment.All, deployment =>
        {
            var worker = deployment.Apps.GetValueOrDefault("trainer") ?? deployment.Apps["pipeline"];
            var each = int.Parse(worker.Settings["AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions"]);
            Assert.All(deployment.Apps.Values, app =>
                Assert.Equal(each * (int)worker.Scale["maxReplicas"]!, int.Parse(app.Settings["Training__ParallelTrials"])));
        });

    [Fact]
    public void Without_The_Scheduler_One_App_Stays_Up_And_Has_Every_Function()
    {
        foreach (var gpu in (string[])["none", "T4"])
        {
            var deployment = Deployment.Of(gpu, "storage");
            var app = Assert.Single(deployment.Apps).Value;
            Assert.Equal("pipeline", app.Service);
            Assert.Empty(app.Functions);
            Assert.Equal(1, (int)app.Scale["minReplicas"]!);
            Assert.Empty(deployment.OfType("Microsoft.DurableTask/schedulers"));
            Assert.DoesNotContain("Consumption-GPU", deployment.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_Resource_Of_The_Group_Carries_The_Name_Of_The_Environment() =>
        Assert.All(
            (string[])
            [
                "Microsoft.Resources/resourceGroups", "Microsoft.Storage/storageAccounts", "Microsoft.App/containerApps",
                "Microsoft.App/managedEnvironments",
            ],
            type => Assert.All(
                Deployment.Of("none", "dts").OfType(type), resource => Assert.Equal("test", (string?)resource["tags"]!["azd-env-name"])));
}
