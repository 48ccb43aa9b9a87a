using System.Collections.Frozen;
using System.Xml.Linq;
using MusicPipeline.Architecture.Tests.Reading;
using MusicPipeline.TestSupport;

namespace MusicPipeline.Architecture.Tests;

/// <summary>
/// What of the map the compiler cannot see. Which project may use which stands in the project files under core, and nothing
/// else can be used.
/// </summary>
internal static class Layers
{
    /// <summary>Libraries, by the start of their namespaces, with the projects that may use them.</summary>
    public static readonly FrozenDictionary<string, string[]> Libraries = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Azure."] = ["Storage"],
        ["BitFaster"] = ["Sweeps"],
        ["MathNet"] = ["Reports"],
        ["ScottPlot"] = ["Reports"],
        ["SkiaSharp"] = ["Reports"],
        ["Google.Protobuf"] = ["Training"],
        ["Microsoft.ML"] = ["Training"],
        ["ILGPU"] = ["Training.Cuda"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Namespaces within a project that alone may use a library that the project references.</summary>
    public static readonly FrozenDictionary<string, string> Parts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Google.Protobuf"] = "MusicPipeline.Training.Models",
        ["Microsoft.ML.OnnxRuntime"] = "MusicPipeline.Training.Models",
        ["Microsoft.ML"] = "MusicPipeline.Training.MachineLearning",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The projects under core, without their common prefix.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        .. Directory.GetFiles(Path.Combine(RepositoryPaths.Root, "core"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What a project under core compiled to.</summary>
    public static CompiledCode Read(string project) => CompiledCode.Read("MusicPipeline." + project);

    /// <summary>The projects and packages that a project under core names.</summary>
    public static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Path.Combine(RepositoryPaths.Root, "core", project, $"MusicPipeline.{project}.csproj"))
            .Descendants()
            .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference")
            .Select(element => element.Attribute("Include")!.Value.Split('/')[^1].Replace(".csproj", "", StringComparison.Ordinal));
}
