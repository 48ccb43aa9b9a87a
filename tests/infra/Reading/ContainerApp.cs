using System.Text.Json.Nodes;

namespace MusicPipeline.Infra.Tests.Reading;

/// <summary>A predicted container app.</summary>
internal sealed class ContainerApp(JsonNode resource)
{
    private const string FunctionPrefix = "AzureFunctionsJobHost__functions__";

    public string Service => (string)resource["tags"]!["azd-service-name"]!;

    public string Kind => (string)resource["kind"]!;

    public JsonNode Properties => resource["properties"]!;

    public JsonNode Container => Properties["template"]!["containers"]!.AsArray().Single()!;

    /// <summary>What watches the container.</summary>
    public IReadOnlyList<JsonNode> Probes => [.. Container["probes"]!.AsArray().OfType<JsonNode>()];

    public JsonNode Scale => Properties["template"]!["scale"]!;

    /// <summary>Name and value of each app setting.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        Container["env"]!.AsArray().ToDictionary(setting => (string)setting!["name"]!, setting => (string)setting!["value"]!);

    /// <summary>The functions that this app runs; empty for all.</summary>
    public IReadOnlyList<string> Functions =>
        [.. Settings.Where(setting => setting.Key.StartsWith(FunctionPrefix, StringComparison.Ordinal)).Select(setting => setting.Value)];
}
