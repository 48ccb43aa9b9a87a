using System.Text.Json.Nodes;

namespace MusicPipeline.Infra.Tests.Reading;

/// <summary>A predicted container app.</summary>
internal sealed class ContainerApp(JsonNode resource)
{
    private const string DisabledPrefix = "AzureWebJobs_";
    private const string DisabledSuffix = "_Disabled";

    public string Service => (string)resource["tags"]!["azd-service-name"]!;

    public string Kind => (string)resource["kind"]!;

    public JsonNode Properties => resource["properties"]!;

    public JsonNode Container => Properties["template"]!["containers"]!.AsArray().Single()!;

    public JsonNode Scale => Properties["template"]!["scale"]!;

    /// <summary>Name and value of each app setting.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        Container["env"]!.AsArray().ToDictionary(setting => (string)setting!["name"]!, setting => (string)setting!["value"]!);

    /// <summary>Functions that this app leaves to another one.</summary>
    public IReadOnlySet<string> DisabledFunctions =>
        Settings.Keys
            .Where(name => name.StartsWith(DisabledPrefix, StringComparison.Ordinal) && name.EndsWith(DisabledSuffix, StringComparison.Ordinal))
            .Select(name => name[DisabledPrefix.Length..^DisabledSuffix.Length])
            .ToHashSet(StringComparer.Ordinal);
}
