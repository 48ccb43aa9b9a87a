using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MusicPipeline.TestSupport;

namespace MusicPipeline.Infra.Tests.Reading;

/// <summary>What <c>infra/main.bicep</c> would deploy: Bicep evaluates the template with the given parameters.</summary>
internal sealed class Deployment
{
    /// <summary>The image of the app with backend <c>dts</c>; with <c>storage</c> it is still the first deployment's placeholder.</summary>
    public const string OwnImage = "registry.example/music:1";

    private static readonly ConcurrentDictionary<(string Gpu, string Backend), Lazy<Deployment>> Evaluated = new();

    private readonly IReadOnlyList<JsonNode> _resources;

    private Deployment(string gpu, string backend)
    {
        using var folder = new TemporaryFolder();
        var parameters = folder.File("main.bicepparam");
        File.WriteAllText(
            parameters,
            $"""
            using '{Path.GetRelativePath(folder.FullPath, Path.Combine(Bicep.Folder, "main.bicep")).Replace('\\', '/')}'
            param environmentName = 'test'
            param location = 'swedencentral'
            param principalId = '11111111-1111-1111-1111-111111111111'
            param traceEndpoint = 'http://collector:4317'
            param gpu = '{gpu}'
            param backend = '{backend}'
            param pipelineImage = '{(backend == "dts" ? OwnImage : "")}'
            """);
        Text = Bicep.Snapshot(parameters, "22222222-2222-2222-2222-222222222222");
        _resources = [.. JsonNode.Parse(Text)!["predictedResources"]!.AsArray().OfType<JsonNode>()];
    }

    /// <summary>The whole prediction as JSON.</summary>
    public string Text { get; }

    /// <summary>The container apps by their service names.</summary>
    public IReadOnlyDictionary<string, ContainerApp> Apps =>
        OfType("Microsoft.App/containerApps").Select(resource => new ContainerApp(resource)).ToDictionary(app => app.Service);

    /// <summary>Every combination that the parameters allow and the documentation describes.</summary>
    public static IEnumerable<Deployment> All =>
        [Of("none", "dts"), Of("T4", "dts"), Of("A100", "dts"), Of("none", "storage"), Of("T4", "storage")];

    public static Deployment Of(string gpu, string backend) =>
        Evaluated.GetOrAdd((gpu, backend), key => new(() => new Deployment(key.Gpu, key.Backend))).Value;

    public IReadOnlyList<JsonNode> OfType(string type) =>
        [.. _resources.Where(resource => string.Equals((string?)resource["type"], type, StringComparison.OrdinalIgnoreCase))];
}
